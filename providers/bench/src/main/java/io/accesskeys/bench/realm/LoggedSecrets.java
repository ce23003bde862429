package io.accesskeys.bench.realm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The secrets that were shown in this run and that a server has written to its log. */
public final class LoggedSecrets {

  private static final List<String> URL_LOGGERS =
      List.of(
          "[io.quarkus.vertx.http.runtime.ForwardedParser]",
          "[io.quarkus.micrometer.runtime.binder.vertx.VertxHttpServerMetrics]",
          "[org.keycloak.transaction.JtaTransactionWrapper]");

  private LoggedSecrets() {}

  /**
   * The lines with one, without it.
   *
   * @param from the byte of the log to begin at
   */
  public static List<String> in(Path log, long from) {
    ShownSecrets.Search search = new ShownSecrets.Search(ShownSecrets.all());
    List<String> found = new ArrayList<>();
    try (InputStream bytes = Files.newInputStream(log)) {
      bytes.skipNBytes(from);
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(bytes, StandardCharsets.ISO_8859_1));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        for (String needle : search.in(line)) {
          if (!urlWrittenByTheServer(line, needle)) {
            found.add(line.replace(needle, "<the secret>"));
          }
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** At DEBUG the server itself writes every URL before it asks anybody; we can only refuse it. */
  private static boolean urlWrittenByTheServer(String line, String needle) {
    return ShownSecrets.inUrls().contains(needle)
        && line.contains(" DEBUG ")
        && URL_LOGGERS.stream().anyMatch(line::contains);
  }
}
