package io.accesskeys.endpoint.introspection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.key.AccessKey;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.token.MintedClaims;
import io.accesskeys.verification.Decision.Accepted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.keycloak.representations.AccessToken;
import org.keycloak.util.JsonSerialization;

/** The answer of RFC 7662 section 2.2 for an accepted key. */
final class KeyIntrospection {

  private KeyIntrospection() {}

  /**
   * The answer.
   *
   * <p>{@code exp} is near: standard gateways keep an answer until then, so it, and not the key's
   * own expiry, bounds how long a revoked key is honoured. The true date is in {@code access_key}.
   *
   * @param claims what the protocol mappers gave
   * @param policy says how long the answer may be kept, and when the key ends
   */
  static ObjectNode of(Accepted accepted, AccessToken claims, Instant now, RealmPolicy policy) {
    AccessKey key = accepted.key();
    ObjectNode answer = claimsOf(claims);
    answer.put("active", true);
    answer.put("client_id", accepted.apiClient().getClientId());
    answer.put("username", accepted.owner().getUsername());
    answer.put("scope", String.join(" ", new TreeSet<>(accepted.scopes())));
    answer.put("token_type", "Bearer");
    answer.put("iat", now.getEpochSecond());
    answer.put("exp", forget(accepted, now, policy).getEpochSecond());
    if (!key.grant().authorizationDetails().isEmpty()) {
      answer
          .putArray(MintedClaims.AUTHORIZATION_DETAILS)
          .addAll(key.grant().authorizationDetails());
    }
    ObjectNode about = answer.putObject("access_key");
    about.put("id", key.id()).put("kind", key.kind().wireName()).put("name", key.name());
    key.endUnder(policy.limits(key.kind())).ifPresent(at -> about.put("expires_at", at.toString()));
    accepted.secret().retires().ifPresent(at -> about.put("retires_at", at.toString()));
    return answer;
  }

  /**
   * When to forget an answer about this key. What restrictions depend on may be different in the
   * next request, so an answer about a restricted key is as good as not to be kept.
   */
  static Instant forget(Accepted accepted, Instant now, RealmPolicy policy) {
    AccessKey key = accepted.key();
    Instant soonest = now.plusSeconds(1);
    if (!key.grant().restrictions().isEmpty()) {
      return soonest;
    }
    return Stream.of(
            Optional.of(now.plus(policy.revocationBudget())),
            accepted.ends(policy.limits(key.kind())))
        .flatMap(Optional::stream)
        .min(Instant::compareTo)
        .filter(soonest::isBefore)
        .orElse(soonest);
  }

  private static ObjectNode claimsOf(AccessToken claims) {
    try {
      return JsonSerialization.createObjectNode(claims);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
