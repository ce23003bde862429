package io.accesskeys.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.metamodel.EntityType;
import jakarta.ws.rs.ServiceUnavailableException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.ModelException;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Keeps everything of ours away from a database that this version must not work on: before Keycloak
 * migrates it, before the server answers, and from then on, since another node may be started with
 * a newer jar.
 */
final class DatabaseCheck {

  private static final Logger LOG = Logger.getLogger(DatabaseCheck.class);

  private static final String UNCHECKED =
      "The tables of Keycloak Access Keys have not been checked yet. Try again when the server is"
          + " ready.";

  private static final String UNREADABLE =
      "The tables of Keycloak Access Keys cannot be read. Look at the cause, and put the backup back"
          + " if a table or a column is missing.";

  private volatile Optional<String> refusal = Optional.of(UNCHECKED);

  /**
   * To be called before the tables are brought up to date.
   *
   * @throws IllegalStateException if a newer version has done that already
   */
  static void beforeMigration(KeycloakSessionFactory sessions) {
    Set<String> applied;
    try {
      applied = ChangeSets.applied(sessions);
    } catch (SQLException e) {
      LOG.debug("No change log can be read: it is the first start, or the next check says why", e);
      return;
    }
    refuse(ChangeSets.newer(applied));
  }

  /**
   * Lets others at the tables, if they are what this version works on.
   *
   * @throws IllegalStateException if they are not: the server must not start
   */
  void start(KeycloakSessionFactory sessions) {
    KeycloakModelUtils.runJobInTransaction(sessions, DatabaseCheck::requireWhatIsKnown);
    refusal = Optional.empty();
  }

  /** Looks again. A database that does not answer changes nothing: it lets nobody read anything. */
  void again(KeycloakSessionFactory sessions) {
    try {
      Optional<String> now = ChangeSets.newer(ChangeSets.applied(sessions));
      if (now.isPresent() && refusal.isEmpty()) {
        LOG.error(now.get());
      } else if (now.isEmpty() && refusal.isPresent()) {
        LOG.info("The tables of Keycloak Access Keys are this version's again");
      }
      refusal = now;
    } catch (SQLException e) {
      LOG.debug("The change log cannot be read now", e);
    }
  }

  /**
   * To be called before the tables are touched.
   *
   * @throws ServiceUnavailableException if they must not be
   */
  void require() {
    refusal.ifPresent(
        why -> {
          throw new ServiceUnavailableException(why);
        });
  }

  private static void refuse(Optional<String> reason) {
    reason.ifPresent(
        why -> {
          throw new IllegalStateException(why);
        });
  }

  private static void requireWhatIsKnown(KeycloakSession session) {
    EntityManager entities = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    try {
      Set<String> applied = ChangeSets.applied(session.getKeycloakSessionFactory());
      refuse(ChangeSets.newer(applied));
      refuse(ChangeSets.older(applied));
    } catch (SQLException e) {
      throw new IllegalStateException(UNREADABLE, e);
    }
    requireColumns(entities);
  }

  /** Asks for all columns of all our tables, and for no row. */
  private static void requireColumns(EntityManager entities) {
    String ours = DatabaseCheck.class.getPackageName().replaceFirst("\\.\\w+$", ".");
    try {
      for (EntityType<?> type : entities.getMetamodel().getEntities()) {
        if (type.getJavaType().getName().startsWith(ours)) {
          entities
              .createQuery("select e from " + type.getName() + " e where 1 = 0")
              .getResultList();
        }
      }
    } catch (PersistenceException | ModelException e) {
      throw new IllegalStateException(UNREADABLE, e);
    }
  }
}
