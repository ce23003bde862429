package io.accesskeys.verification;

import io.accesskeys.audit.Denial;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.Limits;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.Verdict;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.UserModel;

/** The outcome of a verification. */
public sealed interface Decision {

  /**
   * The key is good for this request.
   *
   * @param secret the version of its secret that was used
   * @param owner who it acts as
   * @param apiClient the client it was issued for
   * @param scopes those of its scopes that the owner may have now
   */
  record Accepted(
      AccessKey key, KeySecret secret, UserModel owner, ClientModel apiClient, Set<String> scopes)
      implements Decision {

    /** When the key or the secret that was used ends, whichever is first; empty if never. */
    public Optional<Instant> ends(Limits limits) {
      return Stream.of(key.endUnder(limits), secret.retires())
          .flatMap(Optional::stream)
          .min(Instant::compareTo);
    }
  }

  /**
   * The key is a secret of the client that sends it, which is authenticated by that.
   *
   * @param secret the version of its secret that was used
   * @param client who it authenticates
   */
  record Authenticated(AccessKey key, KeySecret secret, ClientModel client) implements Decision {}

  /**
   * The key is not good for this request.
   *
   * @param keyId the public id in the presented text, if it had one
   * @param cause what more there is to say, for whoever may know the reason
   */
  record Refused(Reason reason, Optional<String> keyId, Optional<Cause> cause) implements Decision {

    /** A refusal for this reason, of what may not even be a key. */
    public static Refused of(Reason reason) {
      return new Refused(reason, Optional.empty(), Optional.empty());
    }

    /** A refusal for this reason, of the key of this id. */
    public static Refused of(Reason reason, String keyId) {
      return new Refused(reason, Optional.of(keyId), Optional.empty());
    }

    /** The same, for the audit. */
    public Denial by(String way) {
      return new Denial(
          way,
          reason.wireName(),
          keyId,
          reason.isOfKnownKey(),
          cause.map(Cause::details).orElse(Map.of()));
    }
  }

  /** What more there is to say of a refusal. */
  sealed interface Cause {

    /** The same as details of an event. */
    Map<String, String> details();
  }

  /** The rule that the API client breaks; of {@link Reason#API_CLIENT_RULE}. */
  record BrokenRule(ApiClientRule rule) implements Cause {
    @Override
    public Map<String, String> details() {
      return Map.of("api_client_rule", rule.wireName());
    }
  }

  /**
   * The restriction that does not allow the request; of {@link Reason#RESTRICTION}.
   *
   * @param type its type
   * @param reason its word for what is wrong
   */
  record Objection(String type, String reason) implements Cause {

    /** The first objection of a key's restrictions to this request; empty if there is none. */
    static Optional<Cause> of(AccessKey key, RequestFacts facts) {
      for (Restriction restriction : key.grant().restrictions()) {
        if (restriction.allows(facts) instanceof Verdict.Denied denied) {
          return Optional.of(new Objection(restriction.type(), denied.reason()));
        }
      }
      return Optional.empty();
    }

    @Override
    public Map<String, String> details() {
      return Map.of("restriction", type, "restriction_reason", reason);
    }
  }
}
