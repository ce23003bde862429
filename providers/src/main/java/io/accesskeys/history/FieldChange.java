package io.accesskeys.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * A member of a key that was changed.
 *
 * @param field its name in the REST APIs, or {@code secret} for the number of the current secret
 * @param before its value before; null if there was none
 * @param after its value after; null if there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FieldChange(String field, JsonNode before, JsonNode after) {}
