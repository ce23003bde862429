package io.accesskeys.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.accesskeys.key.StorableText;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.restriction.UntrustedJson;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/** JSON that was sent to us: whatever is read of it, all its texts can be stored and sent back. */
public final class JsonText {

  private static final ObjectMapper JSON =
      UntrustedJson.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonText() {}

  /**
   * Something that cannot be stored.
   *
   * @param what is wrong with it
   * @param steps the way to it from the outside
   */
  private record Flaw(String what, Deque<String> steps) {

    static Optional<Flaw> of(String what) {
      return Optional.of(new Flaw(what, new ArrayDeque<>()));
    }

    /** The same, seen from one further out. */
    Flaw in(String step) {
      steps.addFirst(step);
      return this;
    }

    String path() {
      String path = String.join("", steps);
      return path.startsWith(".") ? path.substring(1) : path;
    }
  }

  /**
   * Reads a body.
   *
   * @throws InvalidRequestException if it is no JSON, or naming a member with a text that is none
   */
  public static JsonNode parse(String text) {
    JsonNode json =
        tree(text).orElseThrow(() -> new InvalidRequestException("", "The body is not valid JSON"));
    Optional<Flaw> flaw = flaw(json);
    if (flaw.isPresent()) {
      throw new InvalidRequestException(flaw.get().path(), flaw.get().what());
    }
    return json;
  }

  /** The same text as JSON; empty if {@link #parse} would refuse it. */
  static Optional<JsonNode> find(String text) {
    return tree(text).filter(json -> flaw(json).isEmpty());
  }

  private static Optional<JsonNode> tree(String text) {
    try {
      return Optional.of(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      // Jackson's message may quote the body, and the body may hold a secret.
      return Optional.empty();
    }
  }

  /** The first flaw. Its path is put together on the way back: most often there is none. */
  private static Optional<Flaw> flaw(JsonNode json) {
    if (json.isTextual() && !StorableText.is(json.textValue())) {
      return Flaw.of("has a character that no text may have");
    }
    for (int i = 0; json.isArray() && i < json.size(); i++) {
      Optional<Flaw> inner = flaw(json.get(i));
      if (inner.isPresent()) {
        return Optional.of(inner.get().in("[" + i + "]"));
      }
    }
    for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!StorableText.is(name)) {
        return Flaw.of("has a name with a character that no text may have");
      }
      Optional<Flaw> inner = flaw(json.get(name));
      if (inner.isPresent()) {
        return Optional.of(inner.get().in("." + name));
      }
    }
    return Optional.empty();
  }
}
