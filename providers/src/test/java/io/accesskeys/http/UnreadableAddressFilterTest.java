package io.accesskeys.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UnreadableAddressFilterTest {

  private static Optional<String> culprit(Map<String, String> headers) {
    MultivaluedMap<String, String> sent = new MultivaluedHashMap<>(headers);
    return UnreadableAddressFilter.culprit(sent);
  }

  @ParameterizedTest
  @CsvSource({
    "X-Forwarded-Host, a b",
    "X-Forwarded-Host, [::1",
    "X-Forwarded-Host, %zz",
    "X-Forwarded-Proto, a b",
    "X-Forwarded-Proto, 1http",
    "X-Forwarded-Proto, ''",
    "X-Forwarded-Prefix, a b",
    "Host, a b"
  })
  void namesTheHeaderThatCannotBeRead(String name, String value) {
    assertThat(culprit(Map.of(name, value, "X-Other", "a b"))).contains(name);
  }

  @Test
  void namesTheProxysHeaderAndNotWhatKeycloakHasMadeOfIt() {
    assertThat(culprit(Map.of("X-Forwarded-Host", "a b", "Host", "a b")))
        .contains("X-Forwarded-Host");
    assertThat(culprit(Map.of("Forwarded", "host=\"a b\"", "Host", "a b"))).contains("Forwarded");
  }

  @Test
  void namesNoneIfTheyCanBeRead() {
    assertThat(culprit(Map.of())).isEmpty();
    assertThat(
            culprit(
                Map.of(
                    "Host", "id.example:8443",
                    "X-Forwarded-Host", "[::1]:8080, a b",
                    "X-Forwarded-Proto", "HTTPS, http",
                    "X-Forwarded-Prefix", "/auth")))
        .isEmpty();
  }
}
