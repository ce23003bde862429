package io.accesskeys.password;

import io.accesskeys.model.Partial;
import io.accesskeys.verification.SessionWith;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.common.ClientConnection;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.BruteForceProtector;

/**
 * What Keycloak's protection against the guessing of passwords is told. It is Keycloak's own but
 * does not count, as it would do so later and in another thread.
 */
public final class LoginsTold {

  private static final Set<String> TELLING = Set.of("failedLogin", "successfulLogin");

  private final List<String> told = new ArrayList<>();

  /** In the order of their telling: {@code failedLogin alice 203.0.113.7 [password]}. */
  List<String> all() {
    return told;
  }

  /** This session, whose protection tells us. */
  KeycloakSession in(KeycloakSession session) {
    BruteForceProtector own = session.getProvider(BruteForceProtector.class);
    BruteForceProtector telling =
        Partial.over(
            BruteForceProtector.class,
            own,
            (method, arguments) ->
                Optional.of(method).filter(TELLING::contains).map(name -> tell(name, arguments)));
    return SessionWith.provider(session, BruteForceProtector.class, id -> telling);
  }

  private boolean tell(String method, List<Object> arguments) {
    String user = ((UserModel) arguments.get(1)).getUsername();
    String address = ((ClientConnection) arguments.get(2)).getRemoteHost();
    return told.add(String.join(" ", method, user, address, arguments.get(4).toString()));
  }
}
