package io.accesskeys.it.cluster;

import static java.util.stream.Collectors.joining;

import io.accesskeys.bench.Database;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Whether PostgreSQL waits for the disk when it commits a change: triggers that fire at the commit,
 * after everything that a transaction does, write down what it was told.
 */
final class CommitLog implements AutoCloseable {

  /** What is acknowledged, and what Keycloak may commit asynchronously. */
  private static final List<String> TABLES =
      List.of(
          "access_key",
          "access_key_secret",
          "event_entity",
          "admin_event_entity",
          "client",
          "client_attributes",
          "required_action_config",
          "revoked_token");

  private static final String FUNCTION =
      """
      create table commit_log (at timestamptz, changed text, synchronous text);
      create function log_commit() returns trigger language plpgsql as $$ begin
        insert into commit_log
          values (clock_timestamp(), TG_TABLE_NAME, current_setting('synchronous_commit'));
        return null;
      end $$;
      """;

  private static final String TRIGGER =
      """
      create constraint trigger log_commit after insert or update or delete on %s
        deferrable initially deferred for each row execute function log_commit();
      """;

  private final Database.OnPostgres database;

  /**
   * A commit of a changed row.
   *
   * @param at when, by the clock of this machine
   * @param table the table of the row
   * @param synchronous {@code off} if nobody waited for the disk
   */
  record Commit(Instant at, String table, String synchronous) {}

  private CommitLog(Database.OnPostgres database) {
    this.database = database;
  }

  /** From now on, until it is closed. */
  static CommitLog of(Database.OnPostgres database) {
    CommitLog log = new CommitLog(database);
    log.sql(TABLES.stream().map(TRIGGER::formatted).collect(joining("", FUNCTION, "")));
    return log;
  }

  /** What was committed until now. */
  List<Commit> commits() {
    String microseconds = "(extract(epoch from at) * 1000000)::bigint";
    return sql("select " + microseconds + ", changed, synchronous from commit_log")
        .lines()
        .map(line -> line.split("\\|"))
        .map(line -> new Commit(instant(Long.parseLong(line[0])), line[1], line[2]))
        .toList();
  }

  private static Instant instant(long microseconds) {
    return Instant.EPOCH.plus(microseconds, ChronoUnit.MICROS);
  }

  @Override
  public void close() {
    sql("drop function log_commit cascade; drop table commit_log");
  }

  private String sql(String statements) {
    return database.server().sql(database.name(), statements);
  }
}
