package io.accesskeys.verification;

import io.accesskeys.audit.Denial;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.Limits;
import io.accesskeys.restriction.Mode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.UserModel;

/** The outcome of a verification. Who gets one says what becomes of every case. */
public sealed interface Decision {

  /** The decision on what shall be a key of its owner. */
  sealed interface OnKey extends Decision permits Accepted, Refused {

    /** What either case gives. */
    <T> T fold(Function<Accepted, T> accepted, Function<Refused, T> refused);

    /** What either case leads to. */
    default void then(Consumer<Accepted> accepted, Consumer<Refused> refused) {
      Runnable step =
          fold(passed -> () -> accepted.accept(passed), failed -> () -> refused.accept(failed));
      step.run();
    }
  }

  /** The decision on what shall be the secret of a client. */
  sealed interface OnClient extends Decision permits Authenticated, Refused {

    /** What either case leads to. */
    void thenClient(Consumer<Authenticated> authenticated, Consumer<Refused> refused);
  }

  /** What each case gives. */
  <T> T fold(
      Function<Accepted, T> accepted,
      Function<Authenticated, T> authenticated,
      Function<Refused, T> refused);

  /**
   * The key is good for this request.
   *
   * @param secret the version of its secret that was used
   * @param owner who it acts as
   * @param apiClient the client it was issued for
   * @param scopes those of its scopes that the owner may have now
   * @param reported what would have refused it, were it not in {@link Mode#REPORT}
   */
  record Accepted(
      AccessKey key,
      KeySecret secret,
      UserModel owner,
      ClientModel apiClient,
      Set<String> scopes,
      List<Objection> reported)
      implements OnKey {

    @Override
    public <T> T fold(Function<Accepted, T> accepted, Function<Refused, T> refused) {
      return accepted.apply(this);
    }

    @Override
    public <T> T fold(
        Function<Accepted, T> accepted,
        Function<Authenticated, T> authenticated,
        Function<Refused, T> refused) {
      return accepted.apply(this);
    }

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
   * @param reported what would have refused it, were it not in {@link Mode#REPORT}
   */
  record Authenticated(
      AccessKey key, KeySecret secret, ClientModel client, List<Objection> reported)
      implements OnClient {

    @Override
    public void thenClient(Consumer<Authenticated> authenticated, Consumer<Refused> refused) {
      authenticated.accept(this);
    }

    @Override
    public <T> T fold(
        Function<Accepted, T> accepted,
        Function<Authenticated, T> authenticated,
        Function<Refused, T> refused) {
      return authenticated.apply(this);
    }
  }

  /**
   * The key is not good for this request.
   *
   * @param keyId the public id in the presented text, if it had one
   * @param cause what more there is to say, for whoever may know the reason
   */
  record Refused(Reason reason, Optional<String> keyId, Optional<Cause> cause)
      implements OnKey, OnClient {

    @Override
    public <T> T fold(Function<Accepted, T> accepted, Function<Refused, T> refused) {
      return refused.apply(this);
    }

    @Override
    public void thenClient(Consumer<Authenticated> authenticated, Consumer<Refused> refused) {
      refused.accept(this);
    }

    @Override
    public <T> T fold(
        Function<Accepted, T> accepted,
        Function<Authenticated, T> authenticated,
        Function<Refused, T> refused) {
      return refused.apply(this);
    }

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
          reason.isOfHolder(),
          cause.map(Cause::details).orElse(Map.of()));
    }
  }

  /** What more there is to say of a refusal. */
  sealed interface Cause {

    /** What either case gives. */
    <T> T fold(Function<BrokenRule, T> rule, Function<Objection, T> restriction);

    /** The same as details of an event. */
    Map<String, String> details();
  }

  /** The rule that the API client breaks; of {@link Reason#API_CLIENT_RULE}. */
  record BrokenRule(ApiClientRule rule) implements Cause {
    @Override
    public <T> T fold(Function<BrokenRule, T> rule, Function<Objection, T> restriction) {
      return rule.apply(this);
    }

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

    @Override
    public <T> T fold(Function<BrokenRule, T> rule, Function<Objection, T> restriction) {
      return restriction.apply(this);
    }

    @Override
    public Map<String, String> details() {
      return Map.of("restriction", type, "restriction_reason", reason);
    }
  }
}
