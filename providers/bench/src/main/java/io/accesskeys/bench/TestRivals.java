package io.accesskeys.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * What our entry points are measured against: an empty resource and an introspection that does
 * nothing. Provider jars of their own, which are no part of what ships.
 */
final class TestRivals {

  private static final String EMPTY = "io.accesskeys.testrivals.EmptyResourceFactory";
  private static final String NO_OP = "io.accesskeys.testrivals.NoOpIntrospectionFactory";

  private TestRivals() {}

  /** The jars for {@code providers/}. */
  static List<Path> jars(Path folder) {
    return List.of(
        TestJar.write(
            folder.resolve("access-keys-test-empty-resource.jar"),
            List.of(EMPTY, EMPTY + "$1", "io.accesskeys.testrivals.EmptyResource"),
            "org.keycloak.services.resource.RealmResourceProviderFactory"),
        TestJar.write(
            folder.resolve("access-keys-test-no-op-introspection.jar"),
            List.of(NO_OP, NO_OP + "$1"),
            "org.keycloak.protocol.oidc.TokenIntrospectionProviderFactory"));
  }
}
