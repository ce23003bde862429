package io.accesskeys.endpoint.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.accesskeys.verification.ClientAddress;
import io.accesskeys.verification.ProxySettings;
import org.keycloak.models.KeycloakSession;

/** Whether what keys rely on outside of this extension is as it should be. */
record HealthRepresentation(ProxyHealth proxy) {

  /**
   * What addresses of clients rest on.
   *
   * @param headers the value of {@code --proxy-headers}; absent if it is not set
   * @param trustedAddresses whether {@code --proxy-trusted-addresses} is set
   * @param clientAddress where this very request comes from, as a restricted key would see it;
   *     absent if it is unknown
   * @param warning what is wrong; absent if nothing is
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ProxyHealth(
      String headers, boolean trustedAddresses, String clientAddress, String warning) {}

  static HealthRepresentation of(KeycloakSession session) {
    ProxySettings settings = ProxySettings.current();
    return new HealthRepresentation(
        new ProxyHealth(
            settings.headers().orElse(null),
            settings.trustedAddresses(),
            ClientAddress.of(session).orElse(null),
            settings.warning().orElse(null)));
  }
}
