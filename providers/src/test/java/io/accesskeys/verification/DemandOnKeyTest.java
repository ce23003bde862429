package io.accesskeys.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.SampleKey;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeyText;
import io.accesskeys.model.Partial;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ClientModel;
import org.keycloak.models.UserModel;

/** What a demand takes from a key and its models; {@link DemandTest} has what it makes of it. */
final class DemandOnKeyTest {

  /** What alice's personal access token for acme-api misses. */
  private static Optional<Reason> unmet(Demand demand) {
    AccessKey key = SampleKey.of(KeyText.generate("kcpat", new SecureRandom()));
    return demand.unmetBy(
        key,
        Partial.of(UserModel.class, (method, arguments) -> only("getUsername", method, "alice")),
        Partial.of(
            ClientModel.class, (method, arguments) -> only("getClientId", method, "acme-api")),
        Set.of("orders:read"));
  }

  private static Optional<Object> only(String known, String method, String value) {
    return Optional.<Object>of(value).filter(any -> method.equals(known));
  }

  @Test
  void isMetByItsOwnerClientKindAndScopes() {
    assertThat(
            unmet(
                Demand.forOwner("alice")
                    .and(Demand.forClient("acme-api"))
                    .and(Demand.forKind(KeyKind.PERSONAL_ACCESS_TOKEN))
                    .and(Demand.forAllOf(Set.of("orders:read")))))
        .isEmpty();
  }

  @Test
  void isNotMetByThoseOfAnother() {
    assertThat(unmet(Demand.forOwner("bob"))).hasValue(Reason.WRONG_USER);
    assertThat(unmet(Demand.forClient("other"))).hasValue(Reason.WRONG_CLIENT);
    assertThat(unmet(Demand.forKind(KeyKind.API_KEY))).hasValue(Reason.WRONG_KIND);
    assertThat(unmet(Demand.forAllOf(Set.of("orders:write")))).hasValue(Reason.INSUFFICIENT_SCOPE);
  }
}
