package io.accesskeys.store;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;

/**
 * A client attribute of an API client that names client scopes, for tools that cannot set the
 * attributes of the scopes themselves. Names are separated by {@code ##} or by white space, which
 * no client scope has in its name; a comma separates nothing, since a name may have one.
 */
public enum ScopeList {
  /** Scopes that keys may carry, beside those that say so themselves. */
  GRANTABLE("access-keys.scopes"),

  /** Grantable scopes that need no role, beside those that say so themselves. */
  OPEN("access-keys.open-scopes");

  private static final Pattern SEPARATOR = Pattern.compile("##|\\s+");

  private final String attribute;

  ScopeList(String attribute) {
    this.attribute = attribute;
  }

  /** The name of the client attribute. */
  public String attribute() {
    return attribute;
  }

  /**
   * The names that the client lists, in their order. What a client has registered by itself says
   * nothing of what the realm wants, so its lists are empty.
   */
  public Set<String> of(ClientModel client) {
    String listed = client.getAttribute(attribute);
    return listed == null || listed.isBlank() || OptIn.isSelfRegistered(client)
        ? Set.of()
        : SEPARATOR
            .splitAsStream(listed)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Takes names off the client's list; the attribute goes with the last one. */
  public void remove(ClientModel client, Set<String> names) {
    write(client, names, "");
  }

  /**
   * The same where somebody else may do it at this moment: to remove an attribute twice fails, to
   * change it twice does not.
   */
  void blank(ClientModel client, Set<String> names) {
    write(client, names, Constants.CFG_DELIMITER);
  }

  private void write(ClientModel client, Set<String> without, String none) {
    Set<String> listed = of(client);
    if (listed.stream().noneMatch(without::contains)) {
      return;
    }
    String left =
        listed.stream()
            .filter(name -> !without.contains(name))
            .collect(Collectors.joining(Constants.CFG_DELIMITER));
    // Keycloak removes an attribute that is set to nothing.
    client.setAttribute(attribute, left.isEmpty() ? none : left);
  }
}
