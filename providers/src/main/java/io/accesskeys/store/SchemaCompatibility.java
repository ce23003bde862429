package io.accesskeys.store;

import java.util.Map;
import org.keycloak.compatibility.CompatibilityMetadataProvider;

/**
 * What {@code kc.sh update-compatibility} compares: nodes with this version and nodes with another
 * one may run side by side if both work on the same tables.
 */
public final class SchemaCompatibility implements CompatibilityMetadataProvider {

  @Override
  public Map<String, String> metadata() {
    return Map.of("schema", ChangeSets.latest());
  }

  @Override
  public String getId() {
    return "access-keys";
  }
}
