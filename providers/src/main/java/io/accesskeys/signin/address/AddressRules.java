package io.accesskeys.signin.address;

import io.accesskeys.restriction.InvalidRestrictionException;
import io.accesskeys.restriction.ip.IpRanges;
import java.util.Map;
import java.util.Optional;

/**
 * Where a sign-in may come from, or when a condition is true.
 *
 * @param within one of these, if there are any
 * @param except and none of these, whatever else holds
 * @param negated whether all of it is turned round
 */
record AddressRules(Optional<IpRanges> within, Optional<IpRanges> except, boolean negated) {

  /** What can be said of an address. */
  enum Place {
    INSIDE,
    OUTSIDE,
    /** There is no address, or nobody can read it. Never turned round. */
    UNKNOWN
  }

  /**
   * Reads the config of the IP restriction.
   *
   * @throws InvalidRestrictionException naming the setting that cannot be read
   */
  static AddressRules ofRestriction(Map<String, String> settings, Attributes attributes)
      throws InvalidRestrictionException {
    AddressConfig config = AddressConfig.of(settings, AddressSettings.ofRestriction(), attributes);
    Optional<IpRanges> allow = config.ranges(AddressSettings.ALLOW);
    Optional<IpRanges> deny = config.ranges(AddressSettings.DENY);
    if (allow.isEmpty() && config.readsAttribute(AddressSettings.ALLOW)) {
      throw new InvalidRestrictionException(AddressSettings.ALLOW, "lists no address");
    }
    if (allow.isEmpty() && deny.isEmpty()) {
      throw new InvalidRestrictionException(AddressSettings.ALLOW, "is empty, and so is deny");
    }
    return new AddressRules(allow, deny, false);
  }

  /**
   * Reads the config of the condition.
   *
   * @throws InvalidRestrictionException naming the setting that cannot be read
   */
  static AddressRules ofCondition(Map<String, String> settings, Attributes attributes)
      throws InvalidRestrictionException {
    AddressConfig config = AddressConfig.of(settings, AddressSettings.ofCondition(), attributes);
    Optional<IpRanges> addresses = config.ranges(AddressSettings.ADDRESSES);
    if (addresses.isEmpty()) {
      throw new InvalidRestrictionException(AddressSettings.ADDRESSES, "lists no address");
    }
    return new AddressRules(addresses, Optional.empty(), config.isOn(AddressSettings.NEGATE));
  }

  /** What these rules say of the text of an address. */
  Place placeOf(Optional<String> address) {
    if (address.filter(IpRanges::isAddress).isEmpty()) {
      return Place.UNKNOWN;
    }
    boolean inside = within.isEmpty() || within.get().contains(address.get());
    boolean excepted = except.isPresent() && except.get().contains(address.get());
    return (inside && !excepted) != negated ? Place.INSIDE : Place.OUTSIDE;
  }
}
