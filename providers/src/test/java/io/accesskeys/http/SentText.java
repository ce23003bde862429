package io.accesskeys.http;

import io.accesskeys.key.KeyText;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.management.KeyEdit;
import io.accesskeys.management.KeyRequest;
import io.accesskeys.management.RollRequest;
import io.accesskeys.model.TextRequest;
import io.accesskeys.oauth.PresentedSecret;
import io.accesskeys.oauth.ReportedFacts;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.restriction.Restrictions;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.ErrorResponseException;

/** The way of tests in other packages to what reads requests here. */
public final class SentText {

  private SentText() {}

  /** Looks for a key wherever a request may have this text. */
  public static void search(String text) {
    Map<String, List<String>> query =
        Stream.of(text.split("&"))
            .collect(Collectors.toMap(word -> word, List::of, (one, other) -> one));
    HttpRequest request =
        TextRequest.of(
            Map.of("Authorization", List.of(text)), query, Map.of("client_secret", text));
    KeycloakSession session = TextRequest.session(request);
    Requests.keyInUrl(session);
    Requests.keyInPath(text);
    Requests.bearer(session);
    PresentedSecret.in(request).forEach(PresentedSecret::key);
  }

  private record Report(Texts keys) {}

  /** A key to create, with no members beside its own. */
  public static KeyRequest newKey(String text, Restrictions known) {
    return KeyBody.newKey(
        JsonBody.of(text, List.of(KeyBody.AtCreation.class, KeyBody.Editable.class)), known);
  }

  /** The members that are read of a key to create, of an edit and of a roll. */
  public static Map<String, List<String>> members() {
    return Map.of(
        "NewKey",
        names(List.of(KeyBody.AtCreation.class, KeyBody.Editable.class)),
        "KeyEdit",
        names(List.of(KeyBody.Editable.class, KeyBody.Planned.class)),
        "Roll",
        names(List.of(KeyBody.Roll.class)));
  }

  private static List<String> names(List<Class<? extends Record>> parts) {
    return parts.stream()
        .flatMap(part -> Stream.of(part.getRecordComponents()))
        .map(RecordComponent::getName)
        .toList();
  }

  /** What shall change of a key. */
  public static KeyEdit edit(String text, Restrictions known) {
    return KeyBody.edit(JsonBody.read(text, KeyBody.Editable.class), Optional.empty(), known);
  }

  /** A roll. */
  public static RollRequest roll(String text) {
    return KeyBody.roll(JsonBody.read(text, KeyBody.Roll.class), Optional.empty());
  }

  /** The keys in a report; none if it is refused. */
  public static List<KeyText> reported(String text) {
    try {
      return JsonBody.read(text, Report.class).keys().atMost(1_000, "keys").values().stream()
          .map(KeyText::parse)
          .flatMap(Optional::stream)
          .toList();
    } catch (InvalidRequestException | ProblemException e) {
      return List.of();
    }
  }

  /** What a client tells of a request, if it can be read. */
  public static Optional<RequestFacts> told(String address, String headers) {
    MultivaluedHashMap<String, String> form =
        new MultivaluedHashMap<>(Map.of("client_ip", address, "client_headers", headers));
    try {
      return Optional.of(ReportedFacts.in(form, Optional.empty()));
    } catch (ErrorResponseException e) {
      return Optional.empty();
    }
  }

  /** Whether this is a list of authorization details. */
  public static boolean isDetails(String text) {
    return DetailsJson.find(text).filter(details -> !details.isEmpty()).isPresent();
  }
}
