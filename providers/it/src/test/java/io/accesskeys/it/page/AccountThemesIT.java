package io.accesskeys.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.accesskeys.bench.Chromium;
import io.accesskeys.bench.Contract;
import io.accesskeys.bench.Full;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.KeycloakServer.Settings;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.realm.AccountMenu;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.TestRealm;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In whose account themes the page is, and whom it leaves alone. */
class AccountThemesIT {

  private static final String PAGE = "content/:componentId";

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("account-themes");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  private static void theme(TestRealm realm, String theme) {
    realm.change("", Map.of("accountTheme", theme));
  }

  @Test
  @Contract
  void isInTheMenuOfARealmThatHasSelectedNone() {
    try (TestRealm fresh = TestRealm.create("account-themes-none")) {
      assertThat(AccountMenu.of(fresh).expect(200).json().findValuesAsText("path"))
          .contains("account-security/signing-in", PAGE, "content/api-keys", "groups");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme", "acme-child", "access-keys"})
  @Contract
  void isInTheMenuOfEveryOtherThemeAndLeavesTheRestOfIt(String theme) {
    theme(realm, theme);
    assertThat(AccountMenu.of(realm).expect(200).json().findValuesAsText("path"))
        .contains("account-security/signing-in", PAGE, "content/api-keys")
        .endsWith(theme.equals("access-keys") ? "resources" : "applications");
  }

  @Test
  @Contract
  void leavesThePageOfAnotherExtensionAlone() {
    theme(realm, "taken");
    assertThat(AccountMenu.of(realm).expect(200).json().findValuesAsText("modulePath"))
        .containsExactly("/somebody.js");
  }

  @Test
  void leavesAMenuThatCannotBeReadAlone() {
    theme(realm, "broken");
    assertThat(AccountMenu.of(realm).expect(200).body()).isEqualTo("{ no menu\n");
  }

  @Test
  @Contract
  void servesItsFilesInEveryThemeAndNothingElse() {
    theme(realm, "acme");
    String files =
        AccountMenu.of(realm).response().uri().toString().replace("content.json", "access-keys/");
    String script =
        Http.get(realm.uri("/access-keys/ui/manifest.json"), Map.of()).expect(200).text("account");
    for (String file : List.of("loader.js", script)) {
      assertThat(Http.get(URI.create(files + file), Map.of()).expect(200).header("Content-Type"))
          .hasValueSatisfying(type -> assertThat(type).contains("javascript"));
    }
    for (String file : List.of("manifest.json", "account-none.js", "openapi.json")) {
      assertThat(Http.get(URI.create(files + file), Map.of()).status()).isEqualTo(404);
    }
  }

  @Test
  void theManifestIsNeverKept() {
    assertThat(
            Http.get(realm.uri("/access-keys/ui/manifest.json"), Map.of())
                .expect(200)
                .header("Cache-Control"))
        .hasValue("no-cache");
  }

  @Test
  @RequiresTool("chromium")
  void isSeenInAThemeOfSomebodyElse() {
    theme(realm, "acme");
    try (AccountPage alice = AccountPage.of(PageLook.browser(), realm, "alice")) {
      PlaywrightAssertions.assertThat(alice.button("Create your first token")).isVisible();
    }
  }

  @Test
  @RequiresTool("chromium")
  @Full
  void withTheOthersLeftAloneItIsInTheThemeThatIsSelected() {
    Settings settings =
        Settings.ofItsOwn().withOptions(List.of("--spi-theme--access-keys--every-theme=false"));
    try (KeycloakServer server = KeycloakServer.start(settings)) {
      TestRealm there = TestRealm.create(server, "selected");
      for (String theme : List.of("keycloak.v3", "acme", "acme-child")) {
        theme(there, theme);
        assertThat(AccountMenu.of(there).expect(200).json().findValuesAsText("path"))
            .as(theme)
            .isNotEmpty()
            .doesNotContain(PAGE);
      }
      theme(there, "access-keys");
      try (Chromium chromium = Chromium.start();
          AccountPage alice = AccountPage.of(chromium, there, "alice")) {
        PlaywrightAssertions.assertThat(alice.button("Create your first token")).isVisible();
      }
    }
  }
}
