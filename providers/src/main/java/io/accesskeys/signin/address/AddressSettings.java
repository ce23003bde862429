package io.accesskeys.signin.address;

import static org.keycloak.provider.ProviderConfigProperty.BOOLEAN_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.LIST_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.MULTIVALUED_STRING_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.STRING_TYPE;

import java.util.List;
import java.util.stream.Stream;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * The settings of the steps that look at the client's address, as the Admin Console shows them.
 * Their names are in realm exports: never to change.
 */
final class AddressSettings {

  static final String ALLOW = "allow";
  static final String DENY = "deny";
  static final String ADDRESSES = "addresses";
  static final String NEGATE = "negate";
  static final String SOURCE = "source";

  /**
   * The word for a source that is not there, and for an attribute that lists nothing on purpose.
   */
  static final String NONE = "none";

  private static final String LITERALS =
      "Literal IPv4 and IPv6 addresses, and CIDR ranges without host bits, such as 203.0.113.0/24.";

  private AddressSettings() {}

  /** What names the attribute with more entries of this list. */
  static String attributeOf(String list) {
    return list + "-attribute";
  }

  /** What the IP restriction can be told. */
  static List<ProviderConfigProperty> ofRestriction() {
    return List.of(
        list(
            ALLOW,
            "Allowed addresses",
            "Nobody signs in from elsewhere. With no entry everybody may, from everywhere but the"
                + " denied addresses. "
                + LITERALS),
        list(DENY, "Denied addresses", "Nobody signs in from here, allowed or not. " + LITERALS),
        source(),
        attribute(ALLOW, "Attribute with allowed addresses"),
        attribute(DENY, "Attribute with denied addresses"));
  }

  /** What the condition can be told. */
  static List<ProviderConfigProperty> ofCondition() {
    return List.of(
        list(
            ADDRESSES,
            "Addresses",
            "The condition is true for a sign-in from one of these. " + LITERALS),
        new ProviderConfigProperty(
            NEGATE,
            "Negate",
            "The condition is true for a sign-in from anywhere else.",
            BOOLEAN_TYPE,
            "false"),
        source(),
        attribute(ADDRESSES, "Attribute with addresses"));
  }

  private static ProviderConfigProperty list(String name, String label, String help) {
    return new ProviderConfigProperty(name, label, help, MULTIVALUED_STRING_TYPE, null);
  }

  private static ProviderConfigProperty source() {
    ProviderConfigProperty source =
        new ProviderConfigProperty(
            SOURCE,
            "Further addresses from",
            "Whose attributes list further addresses: the realm's, the client's, those of all the"
                + " user's groups and the groups above them, or the user's own. For the last two,"
                + " put this step behind the one that asks who it is.",
            LIST_TYPE,
            NONE);
    source.setOptions(
        Stream.concat(
                Stream.of(NONE), Stream.of(Attributes.Source.values()).map(Attributes.Source::word))
            .toList());
    return source;
  }

  private static ProviderConfigProperty attribute(String list, String label) {
    return new ProviderConfigProperty(
        attributeOf(list),
        label,
        "Name of an attribute whose values are further entries, separated by commas or ##. It must"
            + " be there: a value of \"none\" lists nothing.",
        STRING_TYPE,
        null);
  }
}
