package io.accesskeys.notice;

import io.accesskeys.verification.KeyOwner;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.UserModel;

/** Who is told of what becomes of keys, as texts that the outbox keeps. */
public final class Recipients {

  static final String CONTACTS = "access-keys.contacts";
  static final String USER = "user:";
  static final String ADDRESS = "mailto:";

  private static final Pattern SEPARATOR = Pattern.compile("##|,");

  private Recipients() {}

  /** A person, whatever address they have when the mail is sent. */
  public static String person(String userId) {
    return USER + userId;
  }

  /** A person who will be gone when the mail is sent: the address that they have now, if any. */
  public static Stream<String> leaving(UserModel person) {
    return Optional.ofNullable(person.getEmail())
        .filter(address -> address.contains("@"))
        .map(address -> ADDRESS + address)
        .stream();
  }

  /** A client's contacts, and the persons who have registered it. */
  public static Stream<String> of(ClientModel client) {
    return Stream.concat(
        Optional.ofNullable(client.getAttribute(CONTACTS)).stream()
            .flatMap(SEPARATOR::splitAsStream)
            .map(String::strip)
            .filter(address -> address.contains("@"))
            .map(address -> ADDRESS + address),
        KeyOwner.registrants(client).stream().map(Recipients::person));
  }
}
