package io.accesskeys.management;

import io.accesskeys.history.RecordedActor;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.ActorKind;
import io.accesskeys.verification.KeyOwner;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.UserModel;

/** Actors who have signed in freshly and may do everything. */
public final class Actors {

  private static final SignIn FRESH = (atMost, now) -> {};

  private Actors() {}

  public static Actor.Owner owner(UserModel user) {
    return new Actor.Owner(user, FRESH);
  }

  public static Actor.Registrant registrant(UserModel user, ClientModel application) {
    return new Actor.Registrant(user, application, FRESH);
  }

  public static Actor.Administrator administrator() {
    return new Actor.Administrator(admin("administrator"), new Allowed(), new Untold());
  }

  /** A user of the realm "master". */
  static RecordedActor admin(String id) {
    return new RecordedActor(
        ActorKind.ADMINISTRATOR, Optional.of(id), Optional.of("root"), Optional.of("master"));
  }

  /** Everything is allowed. */
  static class Allowed implements AdminPermissions {
    @Override
    public void requireManage(AccessKey key) {}

    @Override
    public void requireActingAs(AccessKey key) {}

    @Override
    public void requireActingAs(KeyOwner owner) {}

    @Override
    public void requireEverything() {}

    @Override
    public boolean canManage(AccessKey key) {
      return true;
    }
  }

  /** Leaves nothing. */
  static class Untold implements AdminTrail {
    @Override
    public void left(Change change, AccessKey key) {}

    @Override
    public void revoked(List<String> ids) {}

    @Override
    public void imported(Map<String, Long> results) {}
  }
}
