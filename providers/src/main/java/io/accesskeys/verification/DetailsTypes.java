package io.accesskeys.verification;

import java.util.List;
import java.util.Set;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;

/** The types of RFC 9396 objects that an API knows. */
public final class DetailsTypes {

  /** The client attribute that lists them. */
  public static final String ATTRIBUTE = "access-keys.authorization-details-types";

  private DetailsTypes() {}

  /** Those that keys for this client may carry. */
  public static Set<String> of(ClientModel apiClient) {
    String listed = apiClient.getAttribute(ATTRIBUTE);
    return listed == null
        ? Set.of()
        : Set.copyOf(List.of(Constants.CFG_DELIMITER_PATTERN.split(listed)));
  }
}
