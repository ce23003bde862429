package io.accesskeys.notice;

import java.util.Optional;
import org.keycloak.Config;
import org.keycloak.models.RealmModel;

/**
 * Where people find a realm, as far as somebody has configured it. Jobs run outside of any request,
 * and the headers of a request are not to be believed in a mail.
 */
public final class PublicAddress {

  private PublicAddress() {}

  /** The realm's frontend URL, or the server's; ends with a slash. Empty if neither is set. */
  public static Optional<String> of(RealmModel realm) {
    return Optional.ofNullable(realm.getAttribute("frontendUrl"))
        .or(() -> Optional.ofNullable(Config.scope("hostname", "v2").get("hostname")))
        .filter(base -> !base.isBlank())
        .map(base -> base.startsWith("http") ? base : "https://" + base)
        .map(base -> base.endsWith("/") ? base : base + "/");
  }
}
