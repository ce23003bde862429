package io.accesskeys.restriction;

import com.fasterxml.jackson.databind.JsonNode;
import org.keycloak.provider.Provider;

/** One type of restriction: how its JSON form is read. */
public interface RestrictionType extends Provider {

  /**
   * The {@code type} member of the JSON form: lower-case letters, digits and dashes. Keys and realm
   * exports carry it, so it never changes.
   */
  String getId();

  /**
   * Reads the stored JSON form. Called once per key and cached copy, never while a key is verified.
   *
   * @param json an object whose {@code type} is this one's id; the member {@code mode}, which is
   *     not the type's business, has been taken from it
   * @param field the object's path in the request, such as {@code restrictions[0]}, for errors
   * @throws InvalidRestrictionException naming the member that is wrong; unknown members are wrong
   */
  Restriction parse(JsonNode json, String field) throws InvalidRestrictionException;

  /**
   * Reads the JSON form that somebody has sent, which is the same unless it names clients.
   *
   * @param clients what the clients of the realm are called
   * @throws InvalidRestrictionException naming the member that is wrong
   */
  default Restriction parse(JsonNode json, String field, ClientNames clients)
      throws InvalidRestrictionException {
    return parse(json, field);
  }

  /** As {@link Restriction#deterrent()}, of every restriction of this type. */
  default boolean deterrent() {
    return false;
  }

  /**
   * The key of its name in the messages of the theme; the same with {@code -help} is a sentence
   * about it.
   */
  default String messageKey() {
    return "accessKeyRestriction-" + getId();
  }
}
