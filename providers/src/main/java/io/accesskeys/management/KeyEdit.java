package io.accesskeys.management;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.restriction.Restriction;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What shall change of a key; what is empty stays.
 *
 * @param description the outer is empty to keep it, the inner to take it away
 * @param roll the outer is empty to keep it, the inner to take it away
 * @param version the version that whoever asks has seen; empty for any
 */
public record KeyEdit(
    Optional<String> name,
    Optional<Optional<String>> description,
    Optional<Map<String, String>> metadata,
    Optional<List<String>> scopes,
    Optional<List<JsonNode>> authorizationDetails,
    Optional<List<Restriction>> restrictions,
    Optional<Optional<ScheduleRequest>> roll,
    Optional<Integer> version) {}
