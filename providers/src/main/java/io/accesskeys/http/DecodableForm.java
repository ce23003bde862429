package io.accesskeys.http;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.keycloak.OAuthErrorException;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;

/**
 * The body of a form, looked at while Keycloak reads it. Keycloak answers 500 to a form with a
 * broken percent-encoding, and writes the value of that field into its log; and 500 to one of too
 * many fields. This stream ends the request with 400 before Keycloak sees either.
 */
final class DecodableForm extends FilterInputStream {

  /** As many as Keycloak's server takes. */
  private static final int MOST_FIELDS = 1_000;

  private static final int HEX = 16;
  private static final int DIGITS = 2;

  /** How many digits of an escape are still to come. */
  private int digitsLeft;

  private int fields = 1;

  DecodableForm(InputStream body) {
    super(body);
  }

  /**
   * The next byte.
   *
   * @throws WebApplicationException 400, if the form cannot be decoded
   */
  @Override
  public int read() throws IOException {
    int next = super.read();
    look(next);
    return next;
  }

  /**
   * The same for several bytes.
   *
   * @throws WebApplicationException 400, if the form cannot be decoded
   */
  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int count = super.read(into, from, length);
    for (int i = 0; i < count; i++) {
      look(into[from + i] & 0xff);
    }
    if (count < 0) {
      look(count);
    }
    return count;
  }

  private void look(int next) throws IOException {
    if (digitsLeft > 0) {
      if (next < 0 || Character.digit(next, HEX) < 0) {
        throw refusal("`%` must be followed by two hexadecimal digits. Percent-encode the form");
      }
      digitsLeft--;
    } else if (next == '%') {
      digitsLeft = DIGITS;
    } else if (next == '&' && ++fields > MOST_FIELDS) {
      throw refusal("The form has more than " + MOST_FIELDS + " fields. Send fewer");
    }
  }

  /** Reads what is left, so that the connection can take the next request. */
  private WebApplicationException refusal(String description) throws IOException {
    in.transferTo(OutputStream.nullOutputStream());
    return new WebApplicationException(
        Response.status(Response.Status.BAD_REQUEST)
            .type(MediaType.APPLICATION_JSON_TYPE)
            .header(HttpHeaders.CACHE_CONTROL, "no-store")
            .entity(new OAuth2ErrorRepresentation(OAuthErrorException.INVALID_REQUEST, description))
            .build());
  }
}
