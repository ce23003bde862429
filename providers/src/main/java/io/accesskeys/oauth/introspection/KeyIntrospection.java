package io.accesskeys.oauth.introspection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.key.AccessKey;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.token.MintedClaims;
import io.accesskeys.verification.AnswerTimes;
import io.accesskeys.verification.Decision.Accepted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.TreeSet;
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
   * @param times how long the answer may be kept
   * @param policy says when the key ends
   */
  static ObjectNode of(
      Accepted accepted, AccessToken claims, AnswerTimes times, RealmPolicy policy) {
    AccessKey key = accepted.key();
    ObjectNode answer = claimsOf(claims);
    answer.put("active", true);
    answer.put("client_id", accepted.apiClient().getClientId());
    answer.put("username", accepted.owner().getUsername());
    answer.put("scope", String.join(" ", new TreeSet<>(accepted.scopes())));
    answer.put("token_type", "Bearer");
    answer.put("iat", times.issued().getEpochSecond());
    answer.put("exp", times.forget().getEpochSecond());
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

  private static ObjectNode claimsOf(AccessToken claims) {
    try {
      return JsonSerialization.createObjectNode(claims);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
