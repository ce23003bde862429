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
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ClientModel;
import org.keycloak.models.UserModel;

final class DemandTest {

  private static final Set<String> READ = Set.of("orders:read");

  /** What a personal access token of alice for acme-api with the scope orders:read misses. */
  private static Optional<Reason> unmet(Demand demand) {
    return demand.unmetBy("alice", "acme-api", Optional.of(KeyKind.PERSONAL_ACCESS_TOKEN), READ);
  }

  @Test
  void noneIsAlwaysMet() {
    assertThat(unmet(Demand.NONE)).isEmpty();
    assertThat(Demand.NONE.unmetBy("", "", Optional.empty(), Set.of())).isEmpty();
  }

  @Test
  void eachPartIsMetByWhatItNamesAndByNothingElse() {
    assertThat(unmet(Demand.forClient("acme-api"))).isEmpty();
    assertThat(unmet(Demand.forClient("ACME-API"))).hasValue(Reason.WRONG_CLIENT);
    assertThat(unmet(Demand.forKind(KeyKind.PERSONAL_ACCESS_TOKEN))).isEmpty();
    assertThat(unmet(Demand.forKind(KeyKind.API_KEY))).hasValue(Reason.WRONG_KIND);
    assertThat(unmet(Demand.forAllOf(READ))).isEmpty();
    assertThat(unmet(Demand.forAllOf(Set.of("orders:read", "orders:write"))))
        .hasValue(Reason.INSUFFICIENT_SCOPE);
    assertThat(unmet(Demand.forAnyOf(Set.of("orders:read", "orders:write")))).isEmpty();
    assertThat(unmet(Demand.forAnyOf(Set.of("orders:write", "stock"))))
        .hasValue(Reason.INSUFFICIENT_SCOPE);
  }

  @Test
  void userNamesKnowNoUpperAndLowerCase() {
    assertThat(unmet(Demand.forOwner("Alice"))).isEmpty();
    assertThat(unmet(Demand.forOwner("alicia"))).hasValue(Reason.WRONG_USER);
    assertThat(unmet(Demand.forOwner(""))).hasValue(Reason.WRONG_USER);
  }

  @Test
  void oneOfNoScopesIsNever() {
    assertThat(unmet(Demand.forAnyOf(Set.of()))).hasValue(Reason.INSUFFICIENT_SCOPE);
  }

  @Test
  void whatHasNoKindIsOfNone() {
    Demand person = Demand.forKind(KeyKind.PERSONAL_ACCESS_TOKEN);
    assertThat(person.unmetBy("alice", "acme-api", Optional.empty(), READ))
        .hasValue(Reason.WRONG_KIND);
  }

  @Test
  void twoDemandsAreMetOnlyTogether() {
    Demand read = Demand.forAllOf(READ).and(Demand.forClient("acme-api"));
    assertThat(unmet(read.and(Demand.forAllOf(READ)))).isEmpty();
    assertThat(unmet(read.and(Demand.forAllOf(Set.of("stock")))))
        .hasValue(Reason.INSUFFICIENT_SCOPE);
    assertThat(unmet(read.and(Demand.forAnyOf(READ)).and(Demand.forAnyOf(Set.of("stock")))))
        .as("each of two sets needs one of its own")
        .hasValue(Reason.INSUFFICIENT_SCOPE);
    assertThat(unmet(read.and(Demand.forClient("other")))).hasValue(Reason.WRONG_CLIENT);
    assertThat(
            unmet(
                Demand.forKind(KeyKind.PERSONAL_ACCESS_TOKEN).and(Demand.forKind(KeyKind.API_KEY))))
        .hasValue(Reason.WRONG_KIND);
    assertThat(unmet(Demand.forOwner("alice").and(Demand.forOwner("bob"))))
        .hasValue(Reason.WRONG_USER);
  }

  @Test
  void namesEveryScope() {
    assertThat(Demand.forAllOf(READ).and(Demand.forAnyOf(Set.of("a", "b"))).named())
        .containsExactlyInAnyOrder("orders:read", "a", "b");
  }

  @Nested
  class OfAKey {

    /** What alice's personal access token for acme-api misses. */
    private static Optional<Reason> unmetByAKey(Demand demand) {
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
              unmetByAKey(
                  Demand.forOwner("alice")
                      .and(Demand.forClient("acme-api"))
                      .and(Demand.forKind(KeyKind.PERSONAL_ACCESS_TOKEN))
                      .and(Demand.forAllOf(Set.of("orders:read")))))
          .isEmpty();
    }

    @Test
    void isNotMetByThoseOfAnother() {
      assertThat(unmetByAKey(Demand.forOwner("bob"))).hasValue(Reason.WRONG_USER);
      assertThat(unmetByAKey(Demand.forClient("other"))).hasValue(Reason.WRONG_CLIENT);
      assertThat(unmetByAKey(Demand.forKind(KeyKind.API_KEY))).hasValue(Reason.WRONG_KIND);
      assertThat(unmetByAKey(Demand.forAllOf(Set.of("orders:write"))))
          .hasValue(Reason.INSUFFICIENT_SCOPE);
    }
  }
}
