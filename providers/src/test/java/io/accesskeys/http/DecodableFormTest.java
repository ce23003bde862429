package io.accesskeys.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.ws.rs.WebApplicationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which forms Keycloak may read: byte by byte, as it does, and in pieces. */
final class DecodableFormTest {

  private static InputStream form(String text) {
    return new DecodableForm(new ByteArrayInputStream(text.getBytes(ISO_8859_1)));
  }

  private static void readByteByByte(InputStream form) throws IOException {
    while (form.read() >= 0) {
      // Only for what it throws.
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a=b&c=d", "a=%41%ff%FF&b=%25", "%61=+", "a=\u00e9\u00ff"})
  void whatCanBeDecodedIsReadAsItIs(String text) throws IOException {
    assertThat(form(text).readAllBytes()).isEqualTo(text.getBytes(ISO_8859_1));
    readByteByByte(form(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%", "a=%", "a=%4", "a=%zz", "a=%4z", "%g0=b", "a=%&b=c", "a=%%41", "a=%\u00b22"})
  void whatCannotIsRefusedAndTheRestIsReadAllTheSame(String text) {
    InputStream whole = new ByteArrayInputStream((text + "&x=y").getBytes(ISO_8859_1));
    WebApplicationException inPieces =
        catchThrowableOfType(
            WebApplicationException.class, () -> new DecodableForm(whole).readAllBytes());
    assertThat(inPieces.getResponse().getStatus()).isEqualTo(400);
    assertThat(inPieces.getResponse().getEntity()).isNotNull();
    assertThat(whole).isEmpty();
    assertThat(
            catchThrowableOfType(WebApplicationException.class, () -> readByteByByte(form(text))))
        .isNotNull();
  }

  @Test
  void moreFieldsThanKeycloakTakesAreRefused() throws IOException {
    readByteByByte(form("a=b&".repeat(999) + "a=b"));
    assertThat(
            catchThrowableOfType(
                WebApplicationException.class,
                () -> readByteByByte(form("a=b&".repeat(1_000) + "a=b"))))
        .isNotNull();
  }
}
