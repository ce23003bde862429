package io.accesskeys.restriction;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Readers of JSON that somebody else has written, or that holds names which somebody else has
 * chosen.
 *
 * <p>Jackson keeps the names of members in a table that all readers of a mapper share. Whoever
 * sends names with equal hashes fills a place of it, until it fails for everybody (see {@code
 * JsonFactory.Feature.CANONICALIZE_FIELD_NAMES}). These have no such table.
 */
public final class UntrustedJson {

  private UntrustedJson() {}

  /** A mapper to configure. */
  public static JsonMapper.Builder builder() {
    return JsonMapper.builder(
        JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build());
  }
}
