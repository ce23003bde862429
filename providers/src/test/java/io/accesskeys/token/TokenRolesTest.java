package io.accesskeys.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.model.SampleRealm;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.AccessToken;

final class TokenRolesTest {

  @Test
  void rolesOfKeycloaksOwnClientsAndTheirAudienceAreDropped() {
    AccessToken token = token();
    new SampleRealm().change((session, realm) -> TokenRoles.dropKeycloaksOwn(token, realm));
    assertThat(token.getResourceAccess()).containsOnlyKeys("shop", "acme-realm");
    assertThat(token.getRealmAccess().getRoles()).containsExactlyInAnyOrder("admin", "reader");
    assertThat(token.getAudience()).containsExactly("shop");
  }

  @Test
  void inMasterThoseOfOtherRealmsAreDroppedToo() {
    AccessToken token = token();
    new SampleRealm()
        .change(
            (session, realm) -> {
              realm.setName("was-another");
              RealmModel master = session.realms().getRealmByName("master");
              TokenRoles.dropKeycloaksOwn(token, master == null ? renamed(realm) : master);
            });
    assertThat(token.getResourceAccess()).containsOnlyKeys("shop");
    assertThat(token.getRealmAccess().getRoles()).containsExactly("reader");
  }

  @Test
  void aTokenWithoutAnyStaysAsItIs() {
    AccessToken token = new AccessToken();
    new SampleRealm().change((session, realm) -> TokenRoles.dropKeycloaksOwn(token, realm));
    assertThat(token.getAudience()).isNull();
    assertThat(token.getRealmAccess()).isNull();
  }

  private static RealmModel renamed(RealmModel realm) {
    realm.setName("master");
    return realm;
  }

  private static AccessToken token() {
    AccessToken token = new AccessToken();
    Set.of("realm-management", "account", "broker", "acme-realm", "shop")
        .forEach(client -> token.addAccess(client).addRole("boss"));
    token.setRealmAccess(new AccessToken.Access().roles(new HashSet<>(Set.of("admin", "reader"))));
    token.audience("account", "shop");
    return token;
  }
}
