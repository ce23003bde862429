package io.accesskeys.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.connections.jpa.JpaConnectionProviderFactory;
import org.keycloak.connections.jpa.util.JpaUtils;
import org.keycloak.models.KeycloakSessionFactory;

/** The steps in which our tables have come to what this version works on. */
final class ChangeSets {

  /** In the order of the change log. */
  static final List<String> KNOWN = List.of("1.0.0");

  private static final String NEWER =
      "A newer version of Keycloak Access Keys has changed the database (%s). This one cannot work"
          + " on it: put the newer jar back into providers/, or the backup from before the update"
          + " into the database.";

  private static final String OLDER =
      "The tables of Keycloak Access Keys are not up to date (%s is missing). Let Keycloak migrate"
          + " the database, or run the statements that it exported for you.";

  private ChangeSets() {}

  /** What a node works on that has this version. */
  static String latest() {
    return KNOWN.get(KNOWN.size() - 1);
  }

  /** The steps that were applied to the database, whoever's they are. */
  static Set<String> applied(KeycloakSessionFactory sessions) throws SQLException {
    JpaConnectionProviderFactory database =
        (JpaConnectionProviderFactory) sessions.getProviderFactory(JpaConnectionProvider.class);
    String log = JpaUtils.getCustomChangelogTableName(StoreEntitiesFactory.ID);
    String schema = database.getSchema();
    String select = "select ID from " + (schema == null ? log : schema + "." + log);
    Set<String> ids = new HashSet<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(select)) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    return ids;
  }

  /**
   * Why this version must not work on tables to which these steps were applied, if it must not:
   * what a newer one has written, such as a new reason to refuse a key, would be overlooked here.
   */
  static Optional<String> newer(Set<String> applied) {
    return applied.stream()
        .filter(step -> !KNOWN.contains(step))
        .sorted()
        .findFirst()
        .map(NEWER::formatted);
  }

  /**
   * Why this version cannot work on tables to which only these steps were applied, if it cannot.
   */
  static Optional<String> older(Set<String> applied) {
    return KNOWN.stream().filter(step -> !applied.contains(step)).findFirst().map(OLDER::formatted);
  }
}
