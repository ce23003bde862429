package io.accesskeys.endpoint.verify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.SeededRandom;
import io.accesskeys.endpoint.verify.Presented.Nothing;
import io.accesskeys.endpoint.verify.Presented.Password;
import io.accesskeys.endpoint.verify.Presented.Several;
import io.accesskeys.endpoint.verify.Presented.Unreadable;
import io.accesskeys.key.KeyText;
import io.accesskeys.restriction.RequestHeaders;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PresentedTest {

  private static final String KEY = KeyText.generate("kcpat", new SeededRandom(1)).reveal();
  private static final String OTHER = KeyText.generate("kcpat", new SeededRandom(2)).reveal();
  private static final String SCHEME = "secret-token:";

  private static Presented in(List<String> authorization, List<String> apiKey) {
    RequestHeaders headers =
        name ->
            switch (name) {
              case "Authorization" -> authorization;
              case "X-API-Key" -> apiKey;
              default -> List.of();
            };
    return Presented.in(headers);
  }

  private static Presented authorization(String... lines) {
    return in(List.of(lines), List.of());
  }

  private static Presented basic(String pair) {
    return authorization("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
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
    void thatCarryTwoCredentialsCarrySeveral() {
      assertThat(authorization("Bearer " + KEY, "Bearer " + KEY)).isEqualTo(new Several());
      assertThat(in(List.of("Bearer " + KEY), List.of("x"))).isEqualTo(new Several());
      assertThat(in(List.of(), List.of(KEY, OTHER))).isEqualTo(new Several());
      assertThat(in(List.of("Digest x"), List.of(KEY))).isEqualTo(new Several());
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
    }

    @Test
    void hasAPasswordThatIsNoKey() {
      assertThat(basic("alice:her password")).isEqualTo(new Password("alice", "her password"));
      assertThat(basic("alice:a:b:")).isEqualTo(new Password("alice", "a:b:"));
      assertThat(basic("alice:" + KEY + ":"))
          .as("a key and something more is no key")
          .isEqualTo(new Password("alice", KEY + ":"));
    }

    @Test
    void hasTwoKeys() {
      assertThat(basic(KEY + ":" + OTHER)).isEqualTo(new Several());
      assertThat(basic(SCHEME + KEY + ":" + SCHEME + OTHER)).isEqualTo(new Several());
      assertThat(basic(KEY + ":" + KEY)).isEqualTo(new Several());
    }

    @Test
    void thatIsNoneCannotBeRead() {
      assertThat(basic(KEY + ":x")).isEqualTo(new Unreadable());
      assertThat(basic(SCHEME + KEY + ":x")).isEqualTo(new Unreadable());
      assertThat(basic(KEY)).as("no colon").isEqualTo(new Unreadable());
      assertThat(basic("alice:")).isEqualTo(new Unreadable());
      assertThat(basic(":" + KEY)).isEqualTo(new Unreadable());
      assertThat(basic(":")).isEqualTo(new Unreadable());
      assertThat(basic("alice:a\u0000b")).isEqualTo(new Unreadable());
      assertThat(basic("alice:a\nb")).isEqualTo(new Unreadable());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic !", "Basic a", "Basic YTpi=", "Basic YTpi YTpi", "Basic é"})
    void thatIsNotBase64CannotBeRead(String header) {
      assertThat(authorization(header)).isEqualTo(new Unreadable());
    }

    @Test
    void thatIsNotUtf8CannotBeRead() {
      String latin = Base64.getEncoder().encodeToString("zoë:päss".getBytes(ISO_8859_1));
      assertThat(authorization("Basic " + latin)).isEqualTo(new Unreadable());
    }
  }

  @Test
  void whatIsPresentedIsNotPrinted() {
    assertThat(basic("alice:" + KEY).toString()).doesNotContain(KEY, KEY.substring(30, 40));
    assertThat(basic("alice:geheim").toString()).doesNotContain("geheim");
  }
}
