package io.accesskeys.it.stock;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.realm.Reply;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes from the answers of one server what is another thing every time, and nothing else.
 *
 * <p>An id gets a number when it is first met, and has it in all later answers: two servers are
 * alike only if they give the same ids to the same things. Ids that the realm was imported with
 * stay. Times become the span between them and now, or {@code earlier}. A JWT is opened, and only
 * its signature goes.
 */
final class StockMask {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Members that hold ids of any form. */
  private static final Set<String> IDS =
      Set.of(
          "jti",
          "sid",
          "session_state",
          "sessionId",
          "state_checker",
          "device_code",
          "user_code",
          "auth_req_id");

  /** Members that follow from a token, or from a certificate that each server makes for itself. */
  private static final Set<String> DERIVED =
      Set.of("at_hash", "c_hash", "s_hash", "x5c", "x5t", "x5t#S256", "certificate", "validTo");

  private static final Set<String> SPANS = Set.of("expires_in", "refresh_expires_in");

  /** Headers that list words in the order of a hash table. */
  private static final Set<String> SETS =
      Set.of("access-control-allow-headers", "access-control-allow-methods");

  /** Its order says nothing (RFC 6749, section 3.3), and Keycloak's is that of a hash table. */
  private static final String SCOPE = "scope";

  private static final Set<String> UNTOLD_HEADERS = Set.of("date", "content-length");

  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern PARAMETER =
      Pattern.compile(
          "(?<=\\b(?:code|session_code|tab_id|client_data|session_state)=)[^&\"'\\s<]+");
  private static final Pattern IN_PAGES =
      Pattern.compile(
          "(?<=/resources/)[a-z0-9]+(?=/)"
              + "|(?<=Error id )[0-9a-f-]+"
              + "|(?<=\"resourceVersion\": \")[a-z0-9]+"
              + "|(?<=checkAuthSession\\(\\s{0,40}\")[^\"]+"
              + "|(?<=name=\"(?:code|session_code)\" value=\")[^\"]+");
  private static final Pattern GENERATED_SECRET =
      Pattern.compile("\\b(?:[0-9A-Za-z]{32}|[0-9A-Za-z]{86})\\b");
  private static final Pattern INSTANT = Pattern.compile("1[0-9]{9}(?:[0-9]{3})?");
  private static final Pattern JWT =
      Pattern.compile("(ey[0-9A-Za-z_-]+)\\.(ey[0-9A-Za-z_-]+)\\.[0-9A-Za-z_-]+");

  /** What has nothing to say in an order: ids, secrets and times. */
  private static final Pattern UNTOLD =
      Pattern.compile(
          UUID
              + "|(?<![\\w-])(?:[\\w-]{24}|[\\w-]{32}|[\\w-]{43}|[\\w-]{86})(?![\\w-])|[0-9]{10,}");

  private static final Pattern COOKIE = Pattern.compile("([^=]+=)\"?([^;\"]*)\"?(.*)");
  private static final Pattern JWE = Pattern.compile("ey[0-9A-Za-z_-]+(?:\\.[0-9A-Za-z_-]*){4}");

  /** A token that was fetched a while ago has a lifetime that is no round number any more. */
  private static final int ROUND = 60;

  private static final int MOMENT = 5;
  private static final long YEARS = 60L * 60 * 24 * 365 * 2;

  private final URI server;
  private final Set<String> fixedIds;
  private final Map<String, String> numbers = new LinkedHashMap<>();
  private int answers;
  private int idsOfThisOne;

  StockMask(URI server, Set<String> fixedIds) {
    this.server = server;
    this.fixedIds = Set.copyOf(fixedIds);
  }

  /** The answer to compare. */
  StockAnswer of(Reply reply) {
    return of(reply.status(), reply.response().headers().map(), reply.body(), Instant.now());
  }

  /**
   * The answer to compare, but for the order of a list that stands in the order of ids: it is put
   * in the order of what is no id in it.
   */
  StockAnswer inAnyOrder(Reply reply) {
    return of(
        reply.status(),
        reply.response().headers().map(),
        sorted(reply.json()).toString(),
        Instant.now());
  }

  /** What {@link #of(Reply)} makes of an answer with this in it. */
  StockAnswer of(int status, Map<String, List<String>> headers, String body, Instant now) {
    answers++;
    idsOfThisOne = 0;
    JsonNode node =
        json(body).map(tree -> node("", tree, now)).orElseGet(() -> text("", body, now));
    return new StockAnswer(status, headers(headers, now), node);
  }

  private static JsonNode sorted(JsonNode node) {
    if (node.isObject()) {
      ObjectNode object = NODES.objectNode();
      node.properties().forEach(member -> object.set(member.getKey(), sorted(member.getValue())));
      return object;
    }
    if (!node.isArray()) {
      return node;
    }
    List<JsonNode> entries = new ArrayList<>();
    node.forEach(entry -> entries.add(sorted(entry)));
    entries.sort(Comparator.comparing(entry -> UNTOLD.matcher(entry.toString()).replaceAll("")));
    return NODES.arrayNode().addAll(entries);
  }

  private List<String> headers(Map<String, List<String>> headers, Instant now) {
    return headers.entrySet().stream()
        .filter(header -> !UNTOLD_HEADERS.contains(header.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .flatMap(
            header ->
                header.getValue().stream()
                    .map(value -> header.getKey() + ": " + value(header.getKey(), value, now)))
        .toList();
  }

  private String value(String header, String value, Instant now) {
    if (SETS.contains(header)) {
      return ordered(value, ", ");
    }
    if (!header.equals("set-cookie")) {
      return words(value);
    }
    Matcher cookie = COOKIE.matcher(value);
    if (!cookie.matches()) {
      throw new AssertionError("No cookie: " + value);
    }
    String content = cookie.group(2);
    String masked =
        content.isEmpty() || content.startsWith("ey")
            ? text("", content, now).toString()
            : number(content);
    return cookie.group(1) + masked + words(cookie.group(3));
  }

  private static String ordered(String list, String separator) {
    return Stream.of(list.split(separator, -1)).sorted().collect(Collectors.joining(separator));
  }

  private JsonNode node(String member, JsonNode node, Instant now) {
    if (DERIVED.contains(member)) {
      return NODES.textNode("…");
    }
    if (node.isObject()) {
      ObjectNode masked = NODES.objectNode();
      Set<String> names = new TreeSet<>();
      node.fieldNames().forEachRemaining(names::add);
      names.forEach(name -> masked.set(words(name), node(name, node.get(name), now)));
      return masked;
    }
    if (node.isArray()) {
      ArrayNode masked = NODES.arrayNode();
      node.forEach(entry -> masked.add(node(member, entry, now)));
      return masked;
    }
    if (node.isTextual()) {
      return text(member, node.textValue(), now);
    }
    return node.isIntegralNumber() ? number(member, node, now) : node;
  }

  private static JsonNode number(String member, JsonNode node, Instant now) {
    return SPANS.contains(member)
        ? NODES.textNode("<in " + rounded(node.longValue()) + " s>")
        : time(node.longValue(), now).<JsonNode>map(NODES::textNode).orElse(node);
  }

  /** What is said of a number if it is a time that is not years away. */
  private static Optional<String> time(long value, Instant now) {
    long seconds = value > 100_000_000_000L ? value / 1000 : value;
    long left = seconds - now.getEpochSecond();
    if (Math.abs(left) > YEARS) {
      return Optional.empty();
    }
    return Optional.of(left < MOMENT ? "<earlier>" : "<in " + rounded(left) + " s>");
  }

  private static long rounded(long seconds) {
    return (seconds + ROUND - 1) / ROUND * ROUND;
  }

  private JsonNode text(String member, String text, Instant now) {
    if (IDS.contains(member)) {
      return NODES.textNode(number(text));
    }
    if (member.equals(SCOPE)) {
      return NODES.textNode(words(ordered(text, " ")));
    }
    if (INSTANT.matcher(text).matches()) {
      return NODES.textNode(time(Long.parseLong(text), now).orElse(text));
    }
    Matcher jwt = JWT.matcher(text);
    if (jwt.matches()) {
      return NODES
          .objectNode()
          .<ObjectNode>set("header", node("", decoded(jwt.group(1)), now))
          .set("claims", node("", decoded(jwt.group(2)), now));
    }
    if (text.startsWith("{") || text.startsWith("[")) {
      return json(text)
          .map(tree -> node("", tree, now))
          .orElseGet(() -> NODES.textNode(words(text)));
    }
    return NODES.textNode(words(text));
  }

  /** A text that is no JSON, as a whole no id, but may have ids in it. */
  private String words(String text) {
    String masked = text.replace(server.getAuthority(), "{server}");
    masked = masked.replace(server.getAuthority().replace(":", "%3A"), "{server}");
    masked = each(JWE, masked, found -> "<encrypted>");
    for (Map.Entry<String, String> known : byLength()) {
      masked = masked.replace(known.getKey(), known.getValue());
    }
    masked = each(PARAMETER, masked, this::number);
    masked = each(IN_PAGES, masked, this::number);
    masked = each(UUID, masked, id -> fixedIds.contains(id) ? id : number(id));
    return each(GENERATED_SECRET, masked, this::number);
  }

  private static String each(Pattern pattern, String text, UnaryOperator<String> by) {
    return pattern
        .matcher(text)
        .replaceAll((MatchResult found) -> Matcher.quoteReplacement(by.apply(found.group())));
  }

  /** Short ones are no words of their own, and could be found in others. */
  private List<Map.Entry<String, String>> byLength() {
    return numbers.entrySet().stream()
        .filter(known -> known.getKey().length() >= 8)
        .sorted(Comparator.comparing(known -> -known.getKey().length()))
        .toList();
  }

  /**
   * In which answer it was first met, and as which there: a difference makes no others. Keycloak
   * writes one hash in both alphabets of base64.
   */
  private String number(String id) {
    return id.startsWith("<id ")
        ? id
        : numbers.computeIfAbsent(
            id.replace("\\/", "/").replace('+', '-').replace('/', '_'),
            unused -> "<id " + answers + "." + ++idsOfThisOne + ">");
  }

  private static JsonNode decoded(String part) {
    return json(new String(Base64.getUrlDecoder().decode(part), UTF_8)).orElseThrow();
  }

  private static Optional<JsonNode> json(String text) {
    try {
      return Optional.of(JSON.readTree(text)).filter(JsonNode::isContainerNode);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
