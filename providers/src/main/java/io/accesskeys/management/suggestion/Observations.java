package io.accesskeys.management.suggestion;

import io.accesskeys.key.AccessKey;
import io.accesskeys.management.suggestion.ObservedUse.AddressKnowledge;
import io.accesskeys.usage.UsageLog;
import io.accesskeys.usage.UsedKey;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;

/** Where what keys were used for comes from. */
@FunctionalInterface
interface Observations {

  /** The accepted uses of this key that are kept; empty if there are none. */
  Optional<ObservedUse> of(AccessKey key);

  /** What is written of uses by day. */
  static Observations kept(KeycloakSession session) {
    return key -> observed(session.getProvider(UsageLog.class).of(key));
  }

  private static Optional<ObservedUse> observed(UsedKey used) {
    List<UsedKey.Day> days = used.days().stream().filter(day -> day.accepted() > 0).toList();
    if (days.isEmpty()) {
      return Optional.empty();
    }
    LocalDate from = days.get(0).day();
    return Optional.of(
        new ObservedUse(
            from,
            days.get(days.size() - 1).day(),
            days.stream().mapToLong(UsedKey.Day::accepted).sum(),
            days.stream().mapToLong(UsedKey.Day::unnamed).sum(),
            uses(used.scopes()),
            uses(used.addresses()),
            knowledge(used)));
  }

  private static AddressKnowledge knowledge(UsedKey used) {
    if (used.unknownAddresses() > 0) {
      return AddressKnowledge.SOME_UNKNOWN;
    }
    return used.otherAddresses() > 0 ? AddressKnowledge.TOO_MANY : AddressKnowledge.COMPLETE;
  }

  private static Map<String, Long> uses(List<UsedKey.Seen> seen) {
    return seen.stream().collect(Collectors.toMap(UsedKey.Seen::name, UsedKey.Seen::uses));
  }
}
