package io.accesskeys.rest.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.SeededRandom;
import io.accesskeys.key.KeyPrefixes;
import io.accesskeys.key.KeyText;
import io.accesskeys.key.KeyTexts;
import io.accesskeys.key.LegacyTexts;
import io.accesskeys.rest.gateway.Presented.Nothing;
import io.accesskeys.rest.gateway.Presented.Password;
import io.accesskeys.rest.gateway.Presented.Unusable;
import io.accesskeys.restriction.RequestHeaders;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PresentedTest {

  private static final String KEY = KeyText.generate("kcpat", new SeededRandom(1)).reveal();
  private static final String OTHER = KeyText.generate("kcpat", new SeededRandom(2)).reveal();
  private static final String SCHEME = "secret-token:";

  private static Presented in(List<String> authorization, List<String> apiKey) {
    return in(authorization, apiKey, LegacyTexts.NONE);
  }

  private static Presented in(List<String> authorization, List<String> apiKey, LegacyTexts legacy) {
    RequestHeaders headers =
        name ->
            switch (name) {
              case "Authorization" -> authorization;
              case "X-API-Key" -> apiKey;
              default -> List.of();
            };
    return Presented.in(
        headers, new KeyTexts(new KeyPrefixes(Set.of("kcpat", "kccs", "acme_live")), legacy));
  }

  private static Presented authorization(String... lines) {
    return in(List.of(lines), List.of());
  }

  private static String header(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  private static Presented basic(String pair) {
    return authorization(header(pair));
  }

  private static Presented.Key alone(String text) {
    return new Presented.Key(text, Optional.empty());
  }

  @Nested
  class Headers {

    @Test
    void carryAKeyEachInItsWay() {
      assertThat(authorization("Bearer " + KEY)).isEqualTo(alone(KEY));
      assertThat(authorization("bEARER   " + KEY + " ")).isEqualTo(alone(KEY));
      assertThat(in(List.of(), List.of(KEY))).isEqualTo(alone(KEY));
      assertThat(in(List.of(), List.of(SCHEME + KEY))).isEqualTo(alone(SCHEME + KEY));
      assertThat(authorization("Bearer anything")).isEqualTo(alone("anything"));
    }

    @Test
    void carryNothing() {
      assertThat(authorization()).isEqualTo(new Nothing());
      assertThat(authorization("Digest username=\"alice\"")).isEqualTo(new Nothing());
      assertThat(authorization("Bearer")).isEqualTo(new Nothing());
      assertThat(in(List.of(""), List.of(" "))).isEqualTo(new Nothing());
    }

    @Test
    void thatAreEmptyDoNotCount() {
      assertThat(in(List.of(""), List.of(KEY, ""))).isEqualTo(alone(KEY));
    }

    @Test
    void thatHaveNothingBehindTheirSchemeDoNotCount() {
      assertThat(in(List.of("Bearer "), List.of(KEY))).isEqualTo(alone(KEY));
      assertThat(in(List.of("basic", "Bearer " + KEY), List.of())).isEqualTo(alone(KEY));
    }

    @Test
    void thatCarryTwoCredentialsCarrySeveral() {
      assertThat(authorization("Bearer " + KEY, "Bearer " + OTHER)).isEqualTo(Unusable.SEVERAL);
      assertThat(in(List.of("Bearer " + KEY), List.of("x"))).isEqualTo(Unusable.SEVERAL);
      assertThat(in(List.of("Bearer " + KEY), List.of(OTHER))).isEqualTo(Unusable.SEVERAL);
      assertThat(in(List.of(), List.of(KEY, OTHER))).isEqualTo(Unusable.SEVERAL);
      assertThat(in(List.of(), List.of(KEY, KEY, OTHER))).isEqualTo(Unusable.SEVERAL);
      assertThat(in(List.of("Digest x"), List.of(KEY))).isEqualTo(Unusable.SEVERAL);
      assertThat(in(List.of(header(":" + KEY)), List.of(OTHER))).isEqualTo(Unusable.SEVERAL);
      assertThat(in(List.of(header("alice:geheim")), List.of(KEY))).isEqualTo(Unusable.SEVERAL);
      assertThat(in(List.of(header("alice:geheim"), header("alice:geheim")), List.of()))
          .as("one password twice")
          .isEqualTo(Unusable.SEVERAL);
    }

    @Test
    void thatCarryTheSameKeyCarryOne() {
      assertThat(in(List.of("Bearer " + KEY), List.of(KEY))).isEqualTo(alone(KEY));
      assertThat(in(List.of("Bearer " + SCHEME + KEY), List.of(KEY)))
          .isEqualTo(alone(SCHEME + KEY));
      assertThat(authorization("Bearer " + KEY, "Bearer " + KEY)).isEqualTo(alone(KEY));
      assertThat(in(List.of(), List.of(KEY, KEY, KEY))).isEqualTo(alone(KEY));
      assertThat(in(List.of(header(KEY + ":")), List.of(KEY))).isEqualTo(alone(KEY));
      assertThat(in(List.of(header(":" + KEY)), List.of(KEY))).isEqualTo(alone(KEY));
      assertThat(in(List.of("Bearer damaged"), List.of("damaged"))).isEqualTo(alone("damaged"));
    }

    @Test
    void thatCarryTheSameKeyKeepTheOwnerThatOneOfThemNames() {
      Presented.Key ofAlice = new Presented.Key(KEY, Optional.of("alice"));
      assertThat(in(List.of(header("alice:" + KEY)), List.of(KEY))).isEqualTo(ofAlice);
      assertThat(authorization("Bearer " + KEY, header("alice:" + KEY))).isEqualTo(ofAlice);
      assertThat(authorization(header("alice:" + KEY), header("bob:" + KEY)))
          .isEqualTo(Unusable.SEVERAL);
    }

    @Test
    void thatAProxyHasJoinedCarryNoKey() {
      assertThat(authorization("Bearer " + KEY + ", Bearer " + KEY))
          .isInstanceOfSatisfying(
              Presented.Key.class, key -> assertThat(KeyText.parse(key.text())).isEmpty());
    }
  }

  @Nested
  class Basic {

    @Test
    void hasAKeyAsUserName() {
      assertThat(basic(KEY + ":")).isEqualTo(alone(KEY));
      assertThat(basic(SCHEME + KEY + ":")).isEqualTo(alone(SCHEME + KEY));
      assertThat(basic(SCHEME + KEY)).isEqualTo(alone(SCHEME + KEY));
    }

    @Test
    void hasAKeyAsPassword() {
      assertThat(basic("alice:" + KEY)).isEqualTo(new Presented.Key(KEY, Optional.of("alice")));
      assertThat(basic("zoë:" + SCHEME + KEY))
          .isEqualTo(new Presented.Key(SCHEME + KEY, Optional.of("zoë")));
      assertThat(basic(":" + KEY)).as("nobody named").isEqualTo(alone(KEY));
      assertThat(basic(":" + SCHEME + KEY)).isEqualTo(alone(SCHEME + KEY));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "kcpat_",
          "kcpat_cut-off",
          "kccs_x",
          "acme_live_x",
          "secret-token:kcpat_x",
          "Secret-Token: kcpat_x",
          " kcpat_x",
          "\u00a0kcpat_x",
          "\uFEFFkcpat_x",
          "\"kcpat_x\"",
          "'kcpat_x",
          "<kcpat_x>",
          "KCPAT_X",
          "kcpat_x:",
          "$kcpat_x"
        })
    void hasAKeyThatWasDamagedAsPassword(String damaged) {
      assertThat(basic("alice:" + damaged))
          .isEqualTo(new Presented.Key(damaged, Optional.of("alice")));
      assertThat(basic(":" + damaged)).isEqualTo(alone(damaged));
      assertThat(basic(damaged + ":")).isNotInstanceOf(Password.class);
      assertThat(basic(damaged + ":x")).isNotInstanceOf(Password.class);
    }

    @Test
    void hasAKeyOfAForgottenPrefixAsPassword() {
      String text = KeyText.generate("forgotten", new SeededRandom(3)).reveal();
      String damaged = text.substring(0, text.length() - 1) + (text.endsWith("A") ? 'B' : 'A');
      assertThat(basic("alice:" + damaged))
          .isEqualTo(new Presented.Key(damaged, Optional.of("alice")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kcpat", "my kcpat_x", "kcpatx_y", "acme_x", "secret-token:x", "kc_x"})
    void hasAPasswordThatOnlyLooksAlike(String password) {
      assertThat(basic("alice:" + password)).isEqualTo(new Password("alice", password));
    }

    @Test
    void hasAPasswordThatIsNoKey() {
      assertThat(basic("alice:her password")).isEqualTo(new Password("alice", "her password"));
      assertThat(basic("alice:a:b:")).isEqualTo(new Password("alice", "a:b:"));
      assertThat(basic("alice:" + KEY + ":"))
          .as("a key and something more is no password either")
          .isEqualTo(new Presented.Key(KEY + ":", Optional.of("alice")));
    }

    @Test
    void hasTwoKeys() {
      assertThat(basic(KEY + ":" + OTHER)).isEqualTo(Unusable.SEVERAL);
      assertThat(basic(SCHEME + KEY + ":" + SCHEME + OTHER)).isEqualTo(Unusable.SEVERAL);
      assertThat(basic(KEY + ":" + KEY)).as("one key twice").isEqualTo(alone(KEY));
    }

    @Test
    void thatIsNoneCannotBeRead() {
      assertThat(basic(KEY + ":x")).isEqualTo(Unusable.UNREADABLE);
      assertThat(basic(SCHEME + KEY + ":x")).isEqualTo(Unusable.UNREADABLE);
      assertThat(basic(KEY)).as("no colon").isEqualTo(Unusable.UNREADABLE);
      assertThat(basic("alice:")).isEqualTo(Unusable.UNREADABLE);
      assertThat(basic(":geheim")).isEqualTo(Unusable.UNREADABLE);
      assertThat(basic(":")).isEqualTo(Unusable.UNREADABLE);
      assertThat(basic("alice:a\u0000b")).isEqualTo(Unusable.UNREADABLE);
      assertThat(basic("alice:a\nb")).isEqualTo(Unusable.UNREADABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic !", "Basic a", "Basic YTpi=", "Basic YTpi YTpi", "Basic é"})
    void thatIsNotBase64CannotBeRead(String header) {
      assertThat(authorization(header)).isEqualTo(Unusable.UNREADABLE);
    }

    @Test
    void thatIsNotUtf8CannotBeRead() {
      String latin = Base64.getEncoder().encodeToString("zoë:päss".getBytes(ISO_8859_1));
      assertThat(authorization("Basic " + latin)).isEqualTo(Unusable.UNREADABLE);
    }
  }

  @Test
  void whatIsPresentedIsNotPrinted() {
    assertThat(basic("alice:" + KEY).toString()).doesNotContain(KEY, KEY.substring(30, 40));
    assertThat(basic("alice:geheim").toString()).doesNotContain("geheim");
  }

  @Nested
  class AKeyOfAnotherSystem {

    private static final String TEXT = "sk_live_4711:x";
    private static final LegacyTexts PREFIXED =
        new LegacyTexts(Set.of("sk_live_"), Optional.empty(), Optional.empty(), Optional.empty());
    private static final LegacyTexts LONG =
        new LegacyTexts(Set.of(), Optional.of(20), Optional.empty(), Optional.empty());

    private static Presented basic(String pair, LegacyTexts legacy) {
      return in(List.of(header(pair)), List.of(), legacy);
    }

    @Test
    void standsWhereAKeyOfOursDoes() {
      assertThat(in(List.of("Bearer " + TEXT), List.of(TEXT), PREFIXED)).isEqualTo(alone(TEXT));
      assertThat(basic("sk_live_4711:", PREFIXED)).isEqualTo(alone("sk_live_4711"));
      assertThat(basic(":" + TEXT, PREFIXED)).isEqualTo(alone(TEXT));
      assertThat(basic("alice:" + TEXT, PREFIXED))
          .isEqualTo(new Presented.Key(TEXT, Optional.of("alice")));
    }

    @Test
    void isNoPasswordThoughItIsDamaged() {
      assertThat(basic("alice:sk_live_", PREFIXED))
          .isEqualTo(new Presented.Key("sk_live_", Optional.of("alice")));
      assertThat(basic("sk_live_4711:geheim", PREFIXED)).isEqualTo(Unusable.UNREADABLE);
    }

    @Test
    void isTakenForAPasswordWhereNoneIsNamed() {
      assertThat(basic("alice:" + TEXT, LegacyTexts.NONE))
          .isEqualTo(new Presented.Password("alice", TEXT));
    }

    @Test
    void isEveryLongPasswordWhereALengthIsNamed() {
      assertThat(basic("alice:correct-horse-battery", LONG))
          .isEqualTo(new Presented.Key("correct-horse-battery", Optional.of("alice")));
      assertThat(basic("alice.the.first@acme.example:geheim", LONG))
          .as("a long user name is none")
          .isEqualTo(new Presented.Password("alice.the.first@acme.example", "geheim"));
    }
  }
}
