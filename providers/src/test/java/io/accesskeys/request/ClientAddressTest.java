package io.accesskeys.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.model.LocalRequest;
import io.accesskeys.model.Partial;
import io.accesskeys.model.SampleRealm;
import io.vertx.core.net.SocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.events.EventBuilder;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.KeycloakSession;

final class ClientAddressTest {

  private static final String URI = "https://id.example/";
  private static final String CLIENT = "203.0.113.9";

  private final SampleRealm realm = new SampleRealm();

  /** As Keycloak knows it. */
  private Optional<String> from(String address) {
    return realm.ask(
        (session, model) -> {
          LocalRequest.to(URI, address).enter(session);
          return ClientAddress.of(session);
        });
  }

  @Nested
  class WithoutTrustedProxies {

    @ParameterizedTest
    @CsvSource({
      "203.0.113.9, 203.0.113.9",
      "2001:db8::1, 2001:db8::1",
      "[2001:db8::1], 2001:db8::1",
    })
    void isTheOneThatKeycloakHasFound(String found, String address) {
      assertThat(from(found)).hasValue(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client.example", "203.0.113.009", ""})
    void isUnknownIfThatIsNoAddress(String found) {
      assertThat(from(found)).isEmpty();
    }

    @Test
    void isUnknownIfKeycloakHasFoundNone() {
      assertThat(from(null)).isEmpty();
    }
  }

  @Nested
  class WithinOneSession {

    private void enter(KeycloakSession session, String address) {
      LocalRequest.to(URI, address).enter(session);
    }

    @Test
    void isFoundOnlyOnce() {
      realm.change(
          (session, model) -> {
            enter(session, CLIENT);
            assertThat(ClientAddress.of(session)).hasValue(CLIENT);
            enter(session, "198.51.100.1");
            assertThat(ClientAddress.of(session)).hasValue(CLIENT);
          });
    }

    @Test
    void isFoundAgainForAnotherRealmWhichMayTrustOtherProxies() {
      realm.change(
          (session, model) -> {
            enter(session, CLIENT);
            assertThat(ClientAddress.of(session)).hasValue(CLIENT);
            enter(session, "198.51.100.1");
            session.getContext().setRealm(session.realms().createRealm(model.getId() + "-other"));
            assertThat(ClientAddress.of(session)).hasValue("198.51.100.1");
          });
    }
  }

  @Nested
  class OfAnEvent {

    private Optional<String> put(String address) {
      return realm.ask(
          (session, model) -> {
            LocalRequest.to(URI, address).enter(session);
            EventBuilder event = new EventBuilder(model, session).ipAddress("left by Keycloak");
            EventBuilder same = ClientAddress.put(event, session);
            assertThat(same).isSameAs(event);
            return Optional.ofNullable(event.getEvent().getIpAddress());
          });
    }

    @Test
    void isTheClients() {
      assertThat(put(CLIENT)).hasValue(CLIENT);
    }

    @Test
    void isNoneIfItIsUnknown() {
      assertThat(put("client.example")).isEmpty();
    }
  }

  /** A connection comes from 10.0.0.1, and the realm trusts all proxies in 10.0.0.0/8. */
  @Nested
  class BehindTrustedProxies {

    private static final String PROXY = "10.0.0.1";
    private static final String HEADERS = "kc.proxy-headers";

    @BeforeEach
    void trust() {
      realm.policy(Map.of("trusted-proxies", "10.0.0.0/8"));
      peer(PROXY);
    }

    @AfterEach
    void backToNormal() {
      PeerOfRequest.forget();
      System.clearProperty(HEADERS);
    }

    private static void peer(String address) {
      PeerOfRequest.is(Optional.of(SocketAddress.inetSocketAddress(4711, address)));
    }

    private static void serverGoesBy(String headers) {
      System.setProperty(HEADERS, headers);
    }

    private Optional<String> sent(String header, String value) {
      return sent(header, value, Function.identity());
    }

    private Optional<String> sent(
        String header, String value, Function<HttpRequest, HttpRequest> changed) {
      return realm.ask(
          (session, model) -> {
            LocalRequest request = LocalRequest.to(URI, "198.51.100.1");
            request.sent().header(header, value);
            request.enter(session);
            session.getContext().setHttpRequest(changed.apply(request));
            return ClientAddress.of(session);
          });
    }

    private static HttpRequest distrusted(HttpRequest request) {
      return Partial.over(
          HttpRequest.class,
          request,
          (method, arguments) ->
              Optional.<Object>of(false).filter(no -> method.equals("isProxyTrusted")));
    }

    @ParameterizedTest
    @CsvSource({
      "xforwarded, X-Forwarded-For, '192.0.2.1, 203.0.113.9, 10.0.0.2'",
      "forwarded, Forwarded, 'for=192.0.2.1, for=203.0.113.9, for=10.0.0.2'"
    })
    void isTheRightmostOfTheHeaderThatIsNoProxy(String headers, String header, String value) {
      serverGoesBy(headers);
      assertThat(sent(header, value)).hasValue(CLIENT);
    }

    @ParameterizedTest
    @CsvSource({
      "xforwarded, Forwarded, for=203.0.113.9",
      "forwarded, X-Forwarded-For, 203.0.113.9",
      "none, X-Forwarded-For, 203.0.113.9"
    })
    void isThatOfTheProxyIfTheServerGoesByAnotherHeader(
        String headers, String header, String value) {
      serverGoesBy(headers);
      assertThat(sent(header, value)).hasValue(PROXY);
    }

    @Test
    void isThatOfTheProxyIfTheServerGoesByNoHeader() {
      assertThat(sent("X-Forwarded-For", CLIENT)).hasValue(PROXY);
    }

    @Test
    void isThatOfTheProxyIfTheServerDoesNotTrustIt() {
      serverGoesBy("xforwarded");
      assertThat(sent("X-Forwarded-For", CLIENT, BehindTrustedProxies::distrusted)).hasValue(PROXY);
    }

    @Test
    void isThatOfTheConnectionIfThatIsNoProxy() {
      serverGoesBy("xforwarded");
      peer(CLIENT);
      assertThat(sent("X-Forwarded-For", "192.0.2.1")).hasValue(CLIENT);
    }

    @Test
    void isUnknownIfTheNextOneOfTheHeaderIsNoAddress() {
      serverGoesBy("xforwarded");
      assertThat(sent("X-Forwarded-For", "203.0.113.9, unknown")).isEmpty();
    }

    @Test
    void isUnknownIfNobodyCanReadWhichProxiesTheRealmTrusts() {
      realm.policy(Map.of("trusted-proxies", "10.0.0.0/99"));
      serverGoesBy("xforwarded");
      peer(CLIENT);
      assertThat(sent("X-Forwarded-For", CLIENT)).isEmpty();
    }

    @Test
    void isUnknownOutsideOfAnyRequest() {
      PeerOfRequest.is(Optional.empty());
      assertThat(sent("X-Forwarded-For", CLIENT)).isEmpty();
    }

    @Test
    void isUnknownIfTheConnectionHasNoAddress() {
      PeerOfRequest.is(Optional.of(SocketAddress.domainSocketAddress("/run/keycloak")));
      assertThat(sent("X-Forwarded-For", CLIENT)).isEmpty();
    }
  }
}
