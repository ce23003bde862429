package io.accesskeys.management;

import io.accesskeys.history.RecordedActor;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.ActorKind;
import io.accesskeys.key.KeySecret;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** Who changes a key, with what it takes to ask whether they may. */
public sealed interface Actor {

  /** What is stored of the kind of actor. */
  ActorKind kind();

  /** What the history of a key says of the actor. */
  default RecordedActor recorded() {
    return RecordedActor.of(kind());
  }

  /** The person whose key it is. */
  record Owner(UserModel user, SignIn signIn) implements Person {
    @Override
    public ActorKind kind() {
      return ActorKind.OWNER;
    }
  }

  /** A person who has registered the application that the key belongs to. */
  record Registrant(UserModel user, ClientModel application, SignIn signIn) implements Person {
    @Override
    public ActorKind kind() {
      return ActorKind.REGISTRANT;
    }
  }

  /**
   * Somebody with rights at the Admin REST API.
   *
   * @param user as their actions are recorded; they may be of another realm
   * @param permissions asks Keycloak's evaluator
   * @param trail leaves admin events
   */
  record Administrator(RecordedActor user, AdminPermissions permissions, AdminTrail trail)
      implements Actor {
    @Override
    public ActorKind kind() {
      return ActorKind.ADMINISTRATOR;
    }

    @Override
    public RecordedActor recorded() {
      return user;
    }

    /** Their id. */
    public String userId() {
      return user.id().orElseThrow();
    }
  }

  /**
   * Whoever presented the key itself.
   *
   * @param secret the version of its secret that they hold, which has not retired
   */
  record Holder(KeySecret secret) implements Actor {
    @Override
    public ActorKind kind() {
      return ActorKind.HOLDER;
    }
  }

  /** A job that does what the key's schedule or the realm's policy says. */
  record Schedule() implements Actor {
    @Override
    public ActorKind kind() {
      return ActorKind.SCHEDULE;
    }
  }

  /** The alarm about a retired secret that was used. */
  record Alarm() implements Actor {
    @Override
    public ActorKind kind() {
      return ActorKind.ALARM;
    }
  }

  /** An actor who has signed in to this realm. */
  sealed interface Person extends Actor permits Owner, Registrant {

    UserModel user();

    SignIn signIn();

    @Override
    default RecordedActor recorded() {
      return new RecordedActor(
          kind(),
          Optional.of(user().getId()),
          Optional.ofNullable(user().getUsername()),
          Optional.empty());
    }

    /**
     * This person as an actor on a key. Somebody else's key is as good as none, and so is a client
     * secret that an administrator has made for a person's application.
     *
     * @throws KeyNotFoundException if the key is neither theirs nor one of an application of theirs
     */
    static Person on(AccessKey key, KeycloakSession session, UserModel user, SignIn signIn) {
      if (key.ownerId().equals(user.getId())) {
        return new Owner(user, signIn);
      }
      return new Applications(session, session.getContext().getRealm())
          .ofKey(user, key)
          .map(application -> new Registrant(user, application, signIn))
          .orElseThrow(KeyNotFoundException::new);
    }
  }
}
