package io.accesskeys.story;

import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.realm.TestRealm;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The realms of the stories on the shared server, each imported when the first test asks for it.
 * All the files at once are one transaction of Keycloak's import at start, in which every realm
 * takes longer than the one before it: a minute for all.
 */
final class StoryRealms {

  private static final Map<String, TestRealm> IMPORTED = new ConcurrentHashMap<>();

  private StoryRealms() {}

  static TestRealm of(String name) {
    return of(new Story(name));
  }

  static TestRealm of(Story story) {
    return IMPORTED.computeIfAbsent(story.name(), name -> imported(story));
  }

  /** A server that is attached to has it from the run before. */
  private static TestRealm imported(Story story) {
    TestRealm realm = TestRealm.existing(story.name());
    return realm.admin("GET", "", null).status() == 200
        ? realm
        : TestRealm.imported(story.name(), TestRealm.read(story.file()));
  }

  /** The shared server, which has the realm of this story. */
  static KeycloakServer serverOf(Story story) {
    return of(story).server();
  }
}
