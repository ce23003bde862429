package io.accesskeys.http;

import io.accesskeys.key.KeyKind;
import io.accesskeys.key.Label;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.management.KeyEdit;
import io.accesskeys.management.KeyRequest;
import io.accesskeys.management.KeyRequest.Expiry;
import io.accesskeys.management.KeyRequest.Rights;
import io.accesskeys.management.KeyRequest.Scopes;
import io.accesskeys.management.Labels;
import io.accesskeys.management.RollRequest;
import io.accesskeys.management.RollRequest.Replace;
import io.accesskeys.restriction.Restrictions;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;

/** The bodies of requests about one key. */
public final class KeyBody {

  private static final Set<String> EDITABLE =
      Set.of(
          "name",
          "description",
          "metadata",
          "scopes",
          "authorizationDetails",
          "restrictions",
          "roll");
  private static final Set<String> AT_CREATION =
      Set.of("kind", "prefix", "client", "classic", "notBefore", "expiresAt");

  private KeyBody() {}

  /**
   * Reads a body with a key to create.
   *
   * @param more members beside those of a key
   * @throws InvalidRequestException if it is no JSON object, or has another member
   */
  public static JsonBody ofNewKey(String text, String... more) throws InvalidRequestException {
    return JsonBody.of(
        text,
        Stream.of(EDITABLE.stream(), AT_CREATION.stream(), Stream.of(more))
            .flatMap(names -> names)
            .collect(Collectors.toSet()));
  }

  /**
   * The key to create.
   *
   * @param known the types of restrictions that are installed
   * @throws InvalidRequestException naming the member that is missing or wrong
   */
  public static KeyRequest newKey(JsonBody body, Restrictions known)
      throws InvalidRequestException {
    return new KeyRequest(
        KeyKind.of(body.requiredText("kind"))
            .orElseThrow(
                () -> new InvalidRequestException("kind", "must be one of " + kindNames())),
        body.text("prefix"),
        new Label(
            body.requiredText("name"),
            body.text("description"),
            body.flat("metadata", Labels.MAX_ENTRIES)),
        new Rights(
            body.text("client"),
            scopes(body),
            body.details("authorizationDetails"),
            body.restrictions("restrictions", known)),
        body.instant("notBefore"),
        expiry(body),
        RollBody.in(body));
  }

  /**
   * Reads what the running request wants to change of a key.
   *
   * @param body as it was sent
   * @throws InvalidRequestException naming the member or the header that is wrong
   */
  public static KeyEdit edit(KeycloakSession session, byte[] body) throws InvalidRequestException {
    return edit(BodyText.json(session, body), IfMatch.version(session), Restrictions.of(session));
  }

  /**
   * Reads what shall change of a key: only members that are there.
   *
   * @param version the version that must be changed; empty for any
   * @param known the types of restrictions that are installed
   * @throws InvalidRequestException naming the member that is wrong
   */
  public static KeyEdit edit(String text, Optional<Integer> version, Restrictions known)
      throws InvalidRequestException {
    JsonBody body = JsonBody.of(text, EDITABLE);
    return new KeyEdit(
        body.text("name"),
        body.has("description")
            ? Optional.of(body.isNull("description") ? Optional.empty() : body.text("description"))
            : Optional.empty(),
        body.has("metadata")
            ? Optional.of(body.flat("metadata", Labels.MAX_ENTRIES))
            : Optional.empty(),
        body.has("scopes") ? Optional.of(body.texts("scopes")) : Optional.empty(),
        body.has("authorizationDetails")
            ? Optional.of(body.details("authorizationDetails"))
            : Optional.empty(),
        body.has("restrictions")
            ? Optional.of(body.restrictions("restrictions", known))
            : Optional.empty(),
        body.has("roll")
            ? Optional.of(body.isNull("roll") ? Optional.empty() : RollBody.in(body))
            : Optional.empty(),
        version);
  }

  /**
   * Reads the roll that the running request wants.
   *
   * @param body as it was sent
   * @throws InvalidRequestException naming the member or the header that is wrong
   */
  public static RollRequest roll(KeycloakSession session, byte[] body)
      throws InvalidRequestException {
    return roll(BodyText.json(session, body), IfMatch.version(session));
  }

  /**
   * Reads a roll.
   *
   * @param version the version that must be rolled; empty for any
   * @throws InvalidRequestException naming the member that is wrong
   */
  public static RollRequest roll(String text, Optional<Integer> version)
      throws InvalidRequestException {
    JsonBody body = JsonBody.of(text, Set.of("overlap", "expiresAt", "replacePending"));
    return new RollRequest(
        body.duration("overlap"),
        body.has("expiresAt") ? Optional.of(expiry(body)) : Optional.empty(),
        body.isTrue("replacePending") ? Replace.REPLACE : Replace.REFUSE,
        version);
  }

  private static Scopes scopes(JsonBody body) throws InvalidRequestException {
    if (!body.isTrue("classic")) {
      return new Scopes.Named(body.texts("scopes"));
    }
    if (body.has("scopes")) {
      throw new InvalidRequestException("scopes", "cannot stand beside classic");
    }
    return new Scopes.Classic();
  }

  private static Expiry expiry(JsonBody body) throws InvalidRequestException {
    if (!body.has("expiresAt")) {
      return new Expiry.ByPolicy();
    }
    if (body.isNull("expiresAt")) {
      return new Expiry.Never();
    }
    return new Expiry.At(body.instant("expiresAt").orElseThrow());
  }

  private static String kindNames() {
    return Stream.of(KeyKind.values()).map(KeyKind::wireName).collect(Collectors.joining(", "));
  }
}
