package io.accesskeys.it.abuse;

import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.TestLog;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The SQL statements that requests to a server have caused since a mark; not those of its jobs. */
public final class SqlLog implements AutoCloseable {

  private static final Pattern STATEMENT = Pattern.compile("\\[org\\.hibernate\\.SQL].*");
  private static final Pattern WRITE =
      Pattern.compile("\\) *(/\\*.*?\\*/ *)?(insert|update|delete|merge)\\b");

  /** Keycloak's timer runs all jobs on a thread of this name. */
  private static final String JOBS = "(Timer-";

  private final TestLog debug;
  private final Path log;
  private long from;

  private SqlLog(TestLog debug, Path log) {
    this.debug = debug;
    this.log = log;
  }

  /** From now on, until it is closed. */
  public static SqlLog of(KeycloakServer server) {
    SqlLog sql = new SqlLog(TestLog.debug(server, "org.hibernate.SQL"), server.log());
    sql.mark();
    return sql;
  }

  /** Forgets what was logged so far. */
  public void mark() {
    from = log.toFile().length();
  }

  /** The log lines with a statement. */
  public List<String> statements() {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      byte[] bytes = new byte[Math.toIntExact(file.length() - from)];
      file.seek(from);
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> STATEMENT.matcher(line).find())
          .filter(line -> !line.contains(JOBS))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + log, e);
    }
  }

  @Override
  public void close() {
    debug.close();
  }

  /** Those that change something. */
  public List<String> writes() {
    return statements().stream()
        .filter(line -> WRITE.matcher(line.toLowerCase(Locale.ROOT)).find())
        .toList();
  }
}
