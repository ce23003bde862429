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

final class RequirementsTest {

  private static final Set<String> READ = Set.of("orders:read");

  /** What a personal access token of alice for acme-api with the scope orders:read misses. */
  private static Optional<Reason> unmet(Requirements demand) {
    return demand.unmetBy("alice", "acme-api", Optional.of(KeyKind.PERSONAL_ACCESS_TOKEN), READ);
  }

  @Test
  void noneIsAlwaysMet() {
    assertThat(unmet(Requirements.NONE)).isEmpty();
    assertThat(Requirements.NONE.unmetBy("", "", Optional.empty(), Set.of())).isEmpty();
  }

  @Test
  void eachPartIsMetByWhatItNamesAndByNothingElse() {
    assertThat(unmet(Requirements.forClient("acme-api"))).isEmpty();
    assertThat(unmet(Requirements.forClient("ACME-API"))).hasValue(Reason.WRONG_CLIENT);
    assertThat(unmet(Requirements.forKind(KeyKind.PERSONAL_ACCESS_TOKEN))).isEmpty();
    assertThat(unmet(Requirements.forKind(KeyKind.API_KEY))).hasValue(Reason.WRONG_KIND);
    assertThat(unmet(Requirements.forAllOf(READ))).isEmpty();
    assertThat(unmet(Requirements.forAllOf(Set.of("orders:read", "orders:write"))))
        .hasValue(Reason.INSUFFICIENT_SCOPE);
    assertThat(unmet(Requirements.forAnyOf(Set.of("orders:read", "orders:write")))).isEmpty();
    assertThat(unmet(Requirements.forAnyOf(Set.of("orders:write", "stock"))))
        .hasValue(Reason.INSUFFICIENT_SCOPE);
  }

  @Test
  void userNamesKnowNoUpperAndLowerCase() {
    assertThat(unmet(Requirements.forOwner("Alice"))).isEmpty();
    assertThat(unmet(Requirements.forOwner("alicia"))).hasValue(Reason.WRONG_USER);
    assertThat(unmet(Requirements.forOwner(""))).hasValue(Reason.WRONG_USER);
  }

  @Test
  void oneOfNoScopesIsNever() {
    assertThat(unmet(Requirements.forAnyOf(Set.of()))).hasValue(Reason.INSUFFICIENT_SCOPE);
  }

  @Test
  void whatHasNoKindIsOfNone() {
    Requirements person = Requirements.forKind(KeyKind.PERSONAL_ACCESS_TOKEN);
    assertThat(person.unmetBy("alice", "acme-api", Optional.empty(), READ))
        .hasValue(Reason.WRONG_KIND);
  }

  @Test
  void twoDemandsAreMetOnlyTogether() {
    Requirements read = Requirements.forAllOf(READ).and(Requirements.forClient("acme-api"));
    assertThat(unmet(read.and(Requirements.forAllOf(READ)))).isEmpty();
    assertThat(unmet(read.and(Requirements.forAllOf(Set.of("stock")))))
        .hasValue(Reason.INSUFFICIENT_SCOPE);
    assertThat(
            unmet(
                read.and(Requirements.forAnyOf(READ)).and(Requirements.forAnyOf(Set.of("stock")))))
        .as("each of two sets needs one of its own")
        .hasValue(Reason.INSUFFICIENT_SCOPE);
    assertThat(unmet(read.and(Requirements.forClient("other")))).hasValue(Reason.WRONG_CLIENT);
    assertThat(
            unmet(
                Requirements.forKind(KeyKind.PERSONAL_ACCESS_TOKEN)
                    .and(Requirements.forKind(KeyKind.API_KEY))))
        .hasValue(Reason.WRONG_KIND);
    assertThat(unmet(Requirements.forOwner("alice").and(Requirements.forOwner("bob"))))
        .hasValue(Reason.WRONG_USER);
  }

  @Test
  void namesEveryScope() {
    assertThat(Requirements.forAllOf(READ).and(Requirements.forAnyOf(Set.of("a", "b"))).named())
        .containsExactlyInAnyOrder("orders:read", "a", "b");
  }

  @Nested
  class OfAKey {

    /** What alice's personal access token for acme-api misses. */
    private static Optional<Reason> unmetByAKey(Requirements demand) {
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
                  Requirements.forOwner("alice")
                      .and(Requirements.forClient("acme-api"))
                      .and(Requirements.forKind(KeyKind.PERSONAL_ACCESS_TOKEN))
                      .and(Requirements.forAllOf(Set.of("orders:read")))))
          .isEmpty();
    }

    @Test
    void isNotMetByThoseOfAnother() {
      assertThat(unmetByAKey(Requirements.forOwner("bob"))).hasValue(Reason.WRONG_USER);
      assertThat(unmetByAKey(Requirements.forClient("other"))).hasValue(Reason.WRONG_CLIENT);
      assertThat(unmetByAKey(Requirements.forKind(KeyKind.API_KEY))).hasValue(Reason.WRONG_KIND);
      assertThat(unmetByAKey(Requirements.forAllOf(Set.of("orders:write"))))
          .hasValue(Reason.INSUFFICIENT_SCOPE);
    }
  }
}
