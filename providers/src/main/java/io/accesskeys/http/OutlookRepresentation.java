package io.accesskeys.http;

import io.accesskeys.management.suggestion.Outlook;
import java.util.List;
import java.util.Map;

/**
 * What scopes and restrictions would have refused of the uses that were seen.
 *
 * @param uses how many uses at least
 * @param scopes scopes that uses named and that would be missing
 * @param addresses addresses and networks that would not be allowed, or not all of them
 * @param undecided the types of restrictions of which what was seen cannot tell
 */
public record OutlookRepresentation(
    long uses, List<ScopeUse> scopes, List<AddressUse> addresses, List<String> undecided) {

  /** How many uses named a scope. */
  public record ScopeUse(String scope, long uses) {}

  /** How many uses came from an address or a network. */
  public record AddressUse(String address, long uses) {}

  static OutlookRepresentation of(Outlook outlook) {
    return new OutlookRepresentation(
        outlook.uses(),
        outlook.scopes().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(each -> new ScopeUse(each.getKey(), each.getValue()))
            .toList(),
        outlook.addresses().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(each -> new AddressUse(each.getKey(), each.getValue()))
            .toList(),
        outlook.undecided());
  }
}
