package io.accesskeys.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.accesskeys.key.KeyKind;
import io.accesskeys.management.Instants;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.restriction.UntrustedJson;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The types that a member of a body may have. Jackson would make a text of a number, a number of a
 * text, and nothing of {@code null}; here each type takes its own JSON form and says what it is.
 */
final class StrictTypes {

  private static final String TEXT = "must be a string";
  private static final String TRUTH = "must be true or false";
  private static final String NUMBER = "must be a whole number, 0 or more";
  private static final String DURATION = "must be an ISO-8601 duration, such as PT24H";
  private static final String PERIOD = "must be an ISO-8601 period of days, weeks, months or years";

  private StrictTypes() {}

  /** Reads records with members of these types, and maps and lists of them. */
  static ObjectMapper mapper() {
    return UntrustedJson.builder()
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .addModule(
            new SimpleModule()
                .addDeserializer(Optional.class, new Maybe(null, null))
                .addDeserializer(String.class, new Strict<>(TEXT, StrictTypes::text))
                .addDeserializer(
                    Boolean.class,
                    new Strict<>(TRUTH, json -> only(json.isBoolean(), json, TRUTH).booleanValue()))
                .addDeserializer(Integer.class, new Strict<>(NUMBER, StrictTypes::number))
                .addDeserializer(
                    Duration.class,
                    new Strict<>(TEXT, json -> parsed(json, Duration::parse, DURATION)))
                .addDeserializer(
                    Period.class, new Strict<>(TEXT, json -> parsed(json, Period::parse, PERIOD)))
                .addDeserializer(
                    Instant.class, new Strict<>(TEXT, json -> Instants.parse("", text(json))))
                .addDeserializer(KeyKind.class, new Strict<>(TEXT, StrictTypes::kind))
                .addDeserializer(Texts.class, new Strict<>(expected(Collection.class), Texts::of)))
        .build();
  }

  /** What must be in the place of something that is no such type. */
  static String expected(Class<?> type) {
    if (Map.class.isAssignableFrom(type)) {
      return "must be an object with strings";
    }
    return Collection.class.isAssignableFrom(type)
        ? "must be an array of strings"
        : "must be an object";
  }

  private static JsonNode only(boolean fits, JsonNode json, String expected) {
    if (!fits) {
      throw new InvalidRequestException("", expected);
    }
    return json;
  }

  private static String text(JsonNode json) {
    return only(json.isTextual(), json, TEXT).textValue();
  }

  private static Integer number(JsonNode json) {
    boolean fits = json.isIntegralNumber() && json.canConvertToInt() && json.intValue() >= 0;
    return only(fits, json, NUMBER).intValue();
  }

  private static KeyKind kind(JsonNode json) {
    return KeyKind.of(text(json))
        .orElseThrow(
            () ->
                new InvalidRequestException(
                    "",
                    Stream.of(KeyKind.values())
                        .map(KeyKind::wireName)
                        .collect(Collectors.joining(", ", "must be one of ", ""))));
  }

  private static <T> T parsed(JsonNode json, Function<String, T> parser, String expected) {
    try {
      return parser.apply(text(json));
    } catch (DateTimeException e) {
      throw new InvalidRequestException("", expected);
    }
  }

  /** A value of one JSON form. */
  private static final class Strict<T> extends JsonDeserializer<T> {

    private final String expected;
    private final Function<JsonNode, T> reading;

    Strict(String expected, Function<JsonNode, T> reading) {
      this.expected = expected;
      this.reading = reading;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      return reading.apply(context.readTree(parser));
    }

    @Override
    public T getNullValue(DeserializationContext context) {
      throw new InvalidRequestException("", expected);
    }

    /** That a member is missing is found before. */
    @Override
    public T getAbsentValue(DeserializationContext context) {
      return null;
    }
  }

  /** A value that may be absent; an {@code Optional} in another may be null. */
  private static final class Maybe extends JsonDeserializer<Optional<?>>
      implements ContextualDeserializer {

    private final JavaType type;
    private final JsonDeserializer<Object> inner;

    Maybe(JavaType type, JsonDeserializer<Object> inner) {
      this.type = type;
      this.inner = inner;
    }

    @Override
    public JsonDeserializer<?> createContextual(
        DeserializationContext context, BeanProperty property) throws JsonMappingException {
      JavaType value = context.getContextualType().containedType(0);
      return new Maybe(value, context.findContextualValueDeserializer(value, property));
    }

    @Override
    public Optional<?> deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return Optional.of(inner.deserialize(parser, context));
    }

    @Override
    public Optional<?> getNullValue(DeserializationContext context) throws JsonMappingException {
      if (type.hasRawClass(Optional.class)) {
        return Optional.of(Optional.empty());
      }
      Object value = inner.getNullValue(context);
      if (value == null) {
        throw new InvalidRequestException("", expected(type.getRawClass()));
      }
      return Optional.of(value);
    }

    @Override
    public Optional<?> getAbsentValue(DeserializationContext context) {
      return Optional.empty();
    }
  }
}
