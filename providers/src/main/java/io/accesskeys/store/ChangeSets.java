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

  private ChangeSets() {}

  /** What a node works on that has this version. */
  static String latest() {
    return KNOWN.get(KNOWN.size() - 1);
  }

  /**
   * A step that this version does not know, since a newer one has taken it: what that one has
   * written, such as a new reason to refuse a key, would be overlooked here.
   */
  static Optional<String> unknownIn(EntityManager em) {
    String log = JpaUtils.getCustomChangelogTableName(StoreEntitiesFactory.ID);
    Stream<?> applied =
        em.createNativeQuery("select ID from " + JpaUtils.getTableNameForNativeQuery(log, em))
            .getResultStream();
    return applied.map(String::valueOf).filter(step -> !KNOWN.contains(step)).findFirst();
  }
}
