package io.accesskeys.policy;

import io.accesskeys.restriction.InvalidRestrictionException;
import io.accesskeys.restriction.ip.IpRanges;
import java.util.List;
import java.util.Optional;

/**
 * The proxies that a realm believes when they say who has sent them a request.
 *
 * @param ranges where they are; empty if the realm names none
 * @param readable whether the setting can be read; if not, nobody is believed
 */
public record TrustedProxies(Optional<IpRanges> ranges, boolean readable) {

  /** The realm names none. */
  static final TrustedProxies NONE = new TrustedProxies(Optional.empty(), true);

  /** The realm names some, and nobody can say which. */
  static final TrustedProxies UNREADABLE = new TrustedProxies(Optional.empty(), false);

  /** Whether the realm says anything of proxies. */
  public boolean isSet() {
    return ranges.isPresent() || !readable;
  }

  /** Whether this is the address of one. */
  public boolean trusts(String address) {
    return ranges.filter(trusted -> trusted.contains(address)).isPresent();
  }

  /**
   * Those in these ranges; empty if one of them cannot be read.
   *
   * @param setting the name of the setting that has them
   */
  static Optional<TrustedProxies> in(List<String> ranges, String setting) {
    if (ranges.isEmpty()) {
      return Optional.of(NONE);
    }
    try {
      IpRanges trusted = IpRanges.of(ranges, List.of(), setting);
      return Optional.of(new TrustedProxies(Optional.of(trusted), true));
    } catch (InvalidRestrictionException e) {
      return Optional.empty();
    }
  }
}
