package io.accesskeys.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.model.LocalRequest;
import io.accesskeys.model.SampleRealm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.common.enums.SslRequired;

final class TransportTest {

  private static final String HTTP = "http://id.example/";
  private static final String OUTSIDE = "203.0.113.7";

  private final SampleRealm realm = new SampleRealm();

  private boolean forbids(SslRequired required, String uri, String address) {
    return realm.ask(
        (session, model) -> {
          model.setSslRequired(required);
          LocalRequest.to(uri, address).enter(session);
          return Transport.forbidsKeys(session);
        });
  }

  @ParameterizedTest
  @EnumSource
  void httpsIsNeverForbidden(SslRequired required) {
    assertThat(forbids(required, "https://id.example/", OUTSIDE)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTPS", "Https", "wss", "WSS", "Wss"})
  void whatIsAsGoodAsHttpsIsNotForbidden(String scheme) {
    assertThat(forbids(SslRequired.ALL, scheme + "://id.example/", OUTSIDE)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP", "ws", "WS", "httpss", "xhttps", "ftp"})
  void everyOtherSchemeIsAsGoodAsHttp(String scheme) {
    assertThat(forbids(SslRequired.EXTERNAL, scheme + "://id.example/", OUTSIDE)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {OUTSIDE, "2001:db8::1", "unknown", "localhost"})
  void plainHttpIsForbiddenToAllThatAreNotSureToBeNear(String address) {
    assertThat(forbids(SslRequired.EXTERNAL, HTTP, address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "10.1.2.3", "::1"})
  void plainHttpIsNotForbiddenToThoseNear(String address) {
    assertThat(forbids(SslRequired.EXTERNAL, HTTP, address)).isFalse();
  }

  @Test
  void plainHttpIsForbiddenToEverybodyOrToNobodyIfTheRealmSaysSo() {
    assertThat(forbids(SslRequired.ALL, HTTP, "127.0.0.1")).isTrue();
    assertThat(forbids(SslRequired.NONE, HTTP, OUTSIDE)).isFalse();
  }
}
