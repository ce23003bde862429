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
    new SampleRealm().change((session, realm) -> TokenRoles.narrow(token, session));
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
              session.getContext().setRealm(master == null ? renamed(realm) : master);
              TokenRoles.narrow(token, session);
            });
    assertThat(token.getResourceAccess()).containsOnlyKeys("shop");
    assertThat(token.getRealmAccess().getRoles()).containsExactly("reader");
  }

  @Test
  void aDisabledClientIsInNoAudience() {
    AccessToken token = new AccessToken();
    new SampleRealm()
        .change(
            (session, realm) -> {
              realm.addClient("off").setEnabled(false);
              realm.addClient("on").setEnabled(true);
              token.audience("off", "https://api.example", "on", "x".repeat(300), "a\0b");
              TokenRoles.narrow(token, session);
              assertThat(token.getAudience())
                  .containsExactly("https://api.example", "on", "x".repeat(300), "a\0b");
              token.audience("off");
              TokenRoles.narrow(token, session);
            });
    assertThat(token.getAudience()).isNull();
  }

  @Test
  void aTokenWithoutAnyStaysAsItIs() {
    AccessToken token = new AccessToken();
    new SampleRealm().change((session, realm) -> TokenRoles.narrow(token, session));
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
