package io.accesskeys.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where a server keeps its data. */
public sealed interface Database {

  /** What {@code kc.sh build} has to know. */
  String buildOption();

  /** What {@code kc.sh start} has to know. */
  List<String> startOptions();

  /**
   * Everything in it, as text to search in.
   *
   * @param log the log of the server whose data it is
   */
  String dump(Path log);

  /** Keycloak's own file, beside its log; gone with it. */
  record DevFile() implements Database {
    @Override
    public String buildOption() {
      return "--db=dev-file";
    }

    @Override
    public List<String> startOptions() {
      return List.of();
    }

    @Override
    public String dump(Path log) {
      try {
        return Files.readString(
            log.resolveSibling("data/h2/keycloakdb.mv.db"), StandardCharsets.ISO_8859_1);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A database of a PostgreSQL. */
  record OnPostgres(Postgres server, String name) implements Database {
    @Override
    public String buildOption() {
      return "--db=postgres";
    }

    @Override
    public List<String> startOptions() {
      return List.of(
          "--db-url=" + server.jdbcUrl(name),
          "--db-username=" + Postgres.USER,
          "--db-password=unused");
    }

    @Override
    public String dump(Path log) {
      return server.dump(name);
    }

    /** Whether it has no table. */
    boolean isEmpty() {
      return server
          .sql(name, "select count(*) from pg_tables where schemaname = 'public'")
          .equals("0");
    }
  }

  /** A database of a MariaDB. */
  record OnMariaDb(MariaDb server, String name) implements Database {
    @Override
    public String buildOption() {
      return "--db=mariadb";
    }

    @Override
    public List<String> startOptions() {
      return List.of(
          "--db-url=" + server.jdbcUrl(name),
          "--db-username=" + MariaDb.USER,
          "--db-password=" + MariaDb.PASSWORD);
    }

    @Override
    public String dump(Path log) {
      return server.dump(name);
    }
  }
}
