package io.accesskeys.store;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.connections.jpa.util.JpaUtils;

/** The steps in which our tables have come to what this version works on. */
final class ChangeSets {

  /** In the order of the change log. */
  static final List<String> KNOWN =
      List.of(
          "1.0.0-keys", "1.1.0-lifecycle", "1.1.0-mail", "1.1.0-any-character", "1.2.0-rolling");

  private static final String NEWER =
      "A newer version of Keycloak Access Keys has changed the database (%s). This one cannot work"
          + " on it: put the newer jar back into providers/, or the backup from before the update"
          + " into the database.";

  private ChangeSets() {}

  /** What a node works on that has this version. */
  static String latest() {
    return KNOWN.get(KNOWN.size() - 1);
  }

  /**
   * Refuses tables on which a newer version has worked: what that one has written, such as a new
   * reason to refuse a key, would be overlooked here.
   *
   * @throws IllegalStateException naming the step that this version does not know
   */
  static void requireKnown(EntityManager em) {
    String log = JpaUtils.getCustomChangelogTableName(StoreEntitiesFactory.ID);
    Stream<?> applied =
        em.createNativeQuery("select ID from " + JpaUtils.getTableNameForNativeQuery(log, em))
            .getResultStream();
    Optional<String> unknown =
        applied.map(String::valueOf).filter(step -> !KNOWN.contains(step)).findFirst();
    if (unknown.isPresent()) {
      throw new IllegalStateException(NEWER.formatted(unknown.get()));
    }
  }
}
