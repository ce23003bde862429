package io.accesskeys.store;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.accesskeys.model.LocalKeycloak;
import io.accesskeys.model.Partial;
import jakarta.ws.rs.ServiceUnavailableException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.jpa.JpaConnectionProviderFactory;
import org.keycloak.models.KeycloakSessionFactory;

/** Which databases a jar leaves alone, and when. */
final class DatabaseCheckTest {

  private static final String LOG = "DATABASECHANGELOG_ACCESS_KEY";

  private final String url = "jdbc:h2:mem:" + UUID.randomUUID();
  private final KeycloakSessionFactory sessions =
      Partial.of(
          KeycloakSessionFactory.class,
          (method, arguments) ->
              Optional.of(Partial.of(JpaConnectionProviderFactory.class, this::database)));

  private final DatabaseCheck check = new DatabaseCheck();
  private Connection connection;

  private Optional<Object> database(String method, Object arguments) {
    try {
      return Optional.of(
          method.equals("getConnection") ? DriverManager.getConnection(url) : "PUBLIC");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** H2 keeps it as long as somebody is connected. */
  @BeforeEach
  void connect() throws SQLException {
    connection = DriverManager.getConnection(url);
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  private void sql(String statement) throws SQLException {
    try (Statement run = connection.createStatement()) {
      run.execute(statement);
    }
  }

  private void applied(Iterable<String> steps) throws SQLException {
    sql("create table " + LOG + " (ID varchar(255))");
    for (String step : steps) {
      sql("insert into " + LOG + " values ('" + step + "')");
    }
  }

  @Test
  void nothingIsLetInBeforeTheDatabaseWasLookedAt() {
    assertThatThrownBy(check::require)
        .isInstanceOf(ServiceUnavailableException.class)
        .hasMessageContaining("have not been checked yet");
    check.start(LocalKeycloak.started());
    assertThatCode(check::require).doesNotThrowAnyException();
  }

  @Test
  void anEmptyDatabaseIsMigrated() {
    assertThatCode(() -> DatabaseCheck.beforeMigration(sessions)).doesNotThrowAnyException();
  }

  @Test
  void anOlderDatabaseIsMigrated() throws SQLException {
    applied(ChangeSets.KNOWN.subList(0, ChangeSets.KNOWN.size() - 1));
    assertThatCode(() -> DatabaseCheck.beforeMigration(sessions)).doesNotThrowAnyException();
  }

  @Test
  void aNewerDatabaseIsNotMigrated() throws SQLException {
    applied(ChangeSets.KNOWN);
    sql("insert into " + LOG + " values ('9.0.0-future')");
    assertThatThrownBy(() -> DatabaseCheck.beforeMigration(sessions))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("A newer version")
        .hasMessageContaining("9.0.0-future");
  }

  @Test
  void aDatabaseThatBecomesNewerIsLeftAloneUntilItIsTheOldOneAgain() throws SQLException {
    applied(ChangeSets.KNOWN);
    check.start(LocalKeycloak.started());
    check.again(sessions);
    assertThatCode(check::require).doesNotThrowAnyException();

    sql("insert into " + LOG + " values ('9.0.0-future')");
    check.again(sessions);
    assertThatThrownBy(check::require)
        .isInstanceOf(ServiceUnavailableException.class)
        .hasMessageContaining("9.0.0-future");

    sql("alter table " + LOG + " rename to ELSEWHERE");
    check.again(sessions);
    assertThatThrownBy(check::require).as("it does not answer").hasMessageContaining("future");

    sql("alter table ELSEWHERE rename to " + LOG);
    sql("delete from " + LOG + " where ID = '9.0.0-future'");
    check.again(sessions);
    assertThatCode(check::require).doesNotThrowAnyException();
  }
}
