package io.accesskeys.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who stands before the proxies 10.0.0.1 and 10.0.0.2, whatever stands before that. */
final class ForwardedChainTest {

  private static final String CLIENT = "203.0.113.9";
  private static final String CLAIMED = "198.51.100.1";
  private static final String OUTER = "10.0.0.2";
  private static final String INNER = "10.0.0.1";
  private static final Set<String> PROXIES = Set.of(OUTER, INNER);

  private static Optional<String> client(String peer, String... lines) {
    return ForwardedChain.ofXForwardedFor(List.of(lines)).client(peer, PROXIES::contains);
  }

  private static Optional<String> clientByRfc(String... lines) {
    return ForwardedChain.ofForwarded(List.of(lines)).client(INNER, PROXIES::contains);
  }

  @Test
  void aPeerThatIsNoProxyIsTheClientWhateverItSays() {
    assertThat(client(CLIENT)).contains(CLIENT);
    assertThat(client(CLIENT, CLAIMED)).contains(CLIENT);
    assertThat(client(CLIENT, CLAIMED + ", " + OUTER)).contains(CLIENT);
    assertThat(client(CLIENT, "unknown")).contains(CLIENT);
  }

  @Test
  void theRightmostAddressThatIsNoProxyIsTheClient() {
    assertThat(client(INNER, CLIENT)).contains(CLIENT);
    assertThat(client(INNER, CLIENT + ", " + OUTER)).contains(CLIENT);
    assertThat(client(INNER, CLIENT + "," + OUTER + " , " + OUTER)).contains(CLIENT);
  }

  @Test
  void whatTheClientHasWrittenIsNotLookedAt() {
    assertThat(client(INNER, CLAIMED + ", " + CLIENT + ", " + OUTER)).contains(CLIENT);
    assertThat(client(INNER, "<garbage>,," + CLIENT + ", " + OUTER)).contains(CLIENT);
    assertThat(client(INNER, CLAIMED + ", " + OUTER + ", " + CLIENT)).contains(CLIENT);
  }

  @Test
  void whatIsNoAddressOnTheWayMakesTheClientUnknown() {
    assertThat(client(INNER, CLIENT + ", unknown")).isEmpty();
    assertThat(client(INNER, CLIENT + ", unknown, " + OUTER)).isEmpty();
    assertThat(client(INNER, CLIENT + ",")).isEmpty();
    assertThat(client(INNER, "")).isEmpty();
    assertThat(client(INNER, CLIENT + " " + OUTER)).isEmpty();
  }

  @Test
  void ifAllAreProxiesTheLeftmostIsTheClient() {
    assertThat(client(INNER)).contains(INNER);
    assertThat(client(INNER, OUTER)).contains(OUTER);
    assertThat(client(INNER, INNER + ", " + OUTER)).contains(INNER);
  }

  @Test
  void linesAreOneListInTheirOrder() {
    assertThat(client(INNER, CLAIMED, CLIENT)).contains(CLIENT);
    assertThat(client(INNER, CLAIMED, CLIENT + ", " + OUTER, OUTER)).contains(CLIENT);
    assertThat(client(INNER, CLAIMED, "")).isEmpty();
  }

  /** The first fails whoever reads it. */
  @Test
  void linesBeforeTheClientAreNotRead() {
    List<String> lines =
        new AbstractList<>() {
          @Override
          public String get(int index) {
            assertThat(index).as("read from the end").isEqualTo(1);
            return CLIENT + ", " + OUTER;
          }

          @Override
          public int size() {
            return 2;
          }
        };
    assertThat(ForwardedChain.ofXForwardedFor(lines).client(INNER, PROXIES::contains))
        .contains(CLIENT);
  }

  @Test
  void portsAndBracketsArePassedOver() {
    assertThat(client(INNER, CLIENT + ":4711, " + OUTER + ":80")).contains(CLIENT);
    assertThat(client(INNER, "[2001:db8::1]:4711")).contains("2001:db8::1");
  }

  @Nested
  class InRfc7239 {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "for=203.0.113.9",
          "For=203.0.113.9",
          "for=\"203.0.113.9\"",
          "for=\"203.0.113.9:4711\"",
          "for=203.0.113.9:4711",
          "for=203.0.113.9;proto=https;by=10.0.0.2",
          "proto=https; for=203.0.113.9 ;host=\"a.test\"",
          "for=198.51.100.1, for=203.0.113.9, for=10.0.0.2",
          "for=198.51.100.1;proto=https,for=203.0.113.9",
          "for=unknown, for=203.0.113.9",
          "for=\"a,b;c\", for=203.0.113.9",
          "for=\"evil, for=203.0.113.9",
          "<garbage>,\\\"=;;, for=203.0.113.9",
          "for=198.51.100.1, for=203.0.113.9;host=\"a, for=198.51.100.2\"",
        })
    void theClientIsFound(String line) {
      assertThat(clientByRfc(line)).contains(CLIENT);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "203.0.113.9",
          "for=",
          "for",
          "proto=https",
          "for=unknown",
          "for=_hidden",
          "for=203.0.113.9;for=198.51.100.1",
          "for=203.0.113.9,",
          "for=203.0.113.9;",
          "for=203.0.113.9, proto=https",
          "for =203.0.113.9",
          "for=203.0.113.9 198.51.100.1",
          "for=\"203.0.113.9",
          "for=\"203.0.113.9\"x",
          "for=\"203.0\\.113.9\"",
          "for=203.0.113.9;host=\"a",
          "for=203.0.113.9;host=\"a\\\", for=198.51.100.1\"",
          "for=203.0.113.9;host=\"a\\\", for=198.51.100.1;host=\\\"b\"",
        })
    void whatCannotBeReadMakesTheClientUnknown(String line) {
      assertThat(clientByRfc(line)).isEmpty();
    }

    @Test
    void linesAreOneListInTheirOrder() {
      assertThat(clientByRfc("for=198.51.100.1", "for=203.0.113.9", "for=10.0.0.2"))
          .contains(CLIENT);
      assertThat(clientByRfc("for=\"open", "for=203.0.113.9")).contains(CLIENT);
    }

    /** As proxies write what a client has sent as its host name, with quotes escaped. */
    @Test
    void noQuotedTextPassesForAnEntry() {
      String claim = "for=" + CLAIMED;
      for (String host :
          List.of(
              "a, " + claim,
              "a\", " + claim,
              "a\", " + claim + ";x=\"b",
              "a\", " + claim + ";x=\"",
              "\\\", " + claim + ";x=\"b",
              "\", \"" + claim + "\"",
              "\"\", " + claim)) {
        String escaped = host.replace("\\", "\\\\").replace("\"", "\\\"");
        for (String more : List.of("", ";proto=https", ";by=\"" + OUTER + "\"")) {
          String entry = "for=" + CLIENT + ";host=\"" + escaped + "\"" + more;
          assertThat(clientByRfc(entry)).as(entry).isNotEqualTo(Optional.of(CLAIMED));
          assertThat(clientByRfc("for=\"x, " + claim + ";y=\"z, " + entry))
              .as(entry)
              .isNotEqualTo(Optional.of(CLAIMED));
        }
      }
    }

    @Test
    void aLongLineOverflowsNothing() {
      assertThat(clientByRfc("for=\"" + "x".repeat(100_000) + "\", for=203.0.113.9"))
          .contains(CLIENT);
      assertThat(clientByRfc("for=" + "x".repeat(100_000))).isEmpty();
    }
  }
}
