package io.accesskeys.rest.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.accesskeys.http.ProblemException;
import io.accesskeys.key.KeyPrefixes;
import io.accesskeys.key.KeyTexts;
import io.accesskeys.key.LegacyTexts;
import io.accesskeys.model.Partial;
import io.accesskeys.restriction.RequestHeaders;
import io.accesskeys.verification.Reason;
import io.accesskeys.verification.Requirements;
import jakarta.ws.rs.core.Response;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.RealmModel;

/** The way of tests in other packages to what reads requests at forward-auth. */
public final class VerifyText {

  private static final RealmModel REALM =
      Partial.of(
          RealmModel.class,
          (method, arguments) -> Optional.<Object>of("acme").filter(x -> method.equals("getName")));

  private VerifyText() {}

  /** Reads a credential in each way that it can be sent. */
  public static void credential(String text) {
    String encoded = Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    for (String header : List.of(text, "Bearer " + text, "Basic " + text, "Basic " + encoded)) {
      headers(Map.of("Authorization", List.of(header)));
    }
    headers(Map.of("X-API-Key", List.of(text)));
    headers(Map.of("X-API-Key", List.of(text.split("\n"))));
  }

  /** What is answered where every scope of this text is demanded; no answer to a mistake. */
  public static List<Response> demand(String text) {
    List<String> lines = List.of(text.split("\n", -1));
    Map<String, List<String>> headers =
        Map.of(
            "X-Required-Client", lines,
            "X-Required-Scope", lines,
            "X-Required-Any-Scope", lines);
    Map<String, List<String>> query =
        Map.of("client", List.of(text), "kind", List.of("api-key"), "scope", List.of(text));
    return Stream.of(demand(query, Map.of()), demand(Map.of(), headers))
        .flatMap(Optional::stream)
        .map(demand -> new DeniedResponse(REALM, false, true).of(Reason.INSUFFICIENT_SCOPE, demand))
        .toList();
  }

  private static Optional<Requirements> demand(
      Map<String, List<String>> query, Map<String, List<String>> headers) {
    try {
      return Optional.of(GatewayQuery.of(query, named(headers)).demand());
    } catch (ProblemException e) {
      return Optional.empty();
    }
  }

  private static void headers(Map<String, List<String>> headers) {
    Presented.in(
        named(headers),
        new KeyTexts(new KeyPrefixes(Set.of("kcpat", "acme_live")), LegacyTexts.NONE));
    Presented.basicIn(named(headers));
  }

  private static RequestHeaders named(Map<String, List<String>> headers) {
    return name -> headers.getOrDefault(name, List.of());
  }
}
