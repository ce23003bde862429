package io.accesskeys.signin.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.Label;
import io.accesskeys.key.StorableText;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.management.KeyRequest;
import io.accesskeys.management.KeyRequest.Expiry;
import io.accesskeys.management.KeyRequest.Rights;
import io.accesskeys.management.KeyRequest.Scopes;
import io.accesskeys.restriction.InvalidRestrictionException;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.Restrictions;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a person filled in; shown again if it was wrong.
 *
 * @param scopes each as {@code <client_id> <scope>}
 * @param lifetime an ISO-8601 duration; empty text for never
 * @param addresses separated by commas
 */
record SubmittedForm(
    String name,
    String description,
    String client,
    List<String> scopes,
    String lifetime,
    String addresses) {

  /** Nothing filled in yet. */
  static final SubmittedForm EMPTY = new SubmittedForm("", "", "", List.of(), "", "");

  /** By the first word of a member of a {@link KeyRequest}, the field that it comes from. */
  private static final Map<String, String> FIELDS =
      Map.of(
          "name", "name",
          "description", "description",
          "client", "client",
          "scopes", "scope",
          "expiresAt", "lifetime",
          "addresses", "addresses");

  /** The field of the form that a wrong member of the request comes from; empty for no field. */
  static Optional<String> fieldOf(String member) {
    return Optional.ofNullable(FIELDS.get(member.replaceFirst("[.\\[].*", "")));
  }

  static SubmittedForm of(MultivaluedMap<String, String> form) {
    return new SubmittedForm(
        text(form, "name"),
        text(form, "description"),
        text(form, "client"),
        form.getOrDefault("scope", List.of()),
        text(form, "lifetime"),
        text(form, "addresses"));
  }

  /**
   * The key this asks for.
   *
   * @param decided when it ends if that is not the person's to choose
   * @param known the types of restrictions that are installed
   * @throws InvalidRequestException naming the field that cannot be read
   */
  KeyRequest request(Optional<Expiry> decided, Instant now, Restrictions known)
      throws InvalidRequestException {
    if (!StorableText.is(client)) {
      throw new InvalidRequestException("client", "is not a client of this realm");
    }
    String ofClient = client + " ";
    return new KeyRequest(
        KeyKind.PERSONAL_ACCESS_TOKEN,
        Optional.empty(),
        new Label(name, Optional.of(description), Map.of()),
        new Rights(
            Optional.of(client),
            new Scopes.Named(
                scopes.stream()
                    .filter(scope -> scope.startsWith(ofClient))
                    .map(scope -> scope.substring(ofClient.length()))
                    .distinct()
                    .toList()),
            List.of(),
            restrictions(known)),
        Optional.empty(),
        decided.isPresent() ? decided.get() : expiry(now),
        Optional.empty());
  }

  /** The same for the template; what was not filled in is left out. */
  Map<String, Object> view() {
    Map<String, Object> view = new HashMap<>();
    view.put("name", name);
    view.put("description", description);
    view.put("client", client);
    view.put("lifetime", lifetime);
    view.put("addresses", addresses);
    view.values().removeIf(""::equals);
    view.put("scopes", scopes);
    return view;
  }

  private Expiry expiry(Instant now) throws InvalidRequestException {
    if (lifetime.isEmpty()) {
      return new Expiry.Never();
    }
    try {
      return new Expiry.At(now.plus(Duration.parse(lifetime)));
    } catch (DateTimeException | ArithmeticException e) {
      throw new InvalidRequestException("expiresAt", "is not a lifetime");
    }
  }

  private List<Restriction> restrictions(Restrictions known) throws InvalidRequestException {
    if (addresses.isBlank()) {
      return List.of();
    }
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    ObjectNode rule = array.addObject().put("type", "ip");
    ArrayNode allowed = rule.putArray("allow");
    Stream.of(addresses.split(",", -1)).map(String::strip).forEach(allowed::add);
    try {
      return known.parse(array, "addresses");
    } catch (InvalidRestrictionException e) {
      throw new InvalidRequestException("addresses", e.getMessage());
    }
  }

  private static String text(MultivaluedMap<String, String> form, String field) {
    return Optional.ofNullable(form.getFirst(field)).orElse("").strip();
  }
}
