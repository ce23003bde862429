package io.accesskeys.http;

import io.accesskeys.restriction.ClientNames;
import io.accesskeys.restriction.Restriction;

/**
 * A restriction in words.
 *
 * @param type its type
 * @param summary the rule in one line of English
 * @param deterrent whether it goes by what the holder of the key writes into the request
 *     themselves, and stops nobody who has stolen it
 */
public record RestrictionSummary(String type, String summary, boolean deterrent) {

  static RestrictionSummary of(Restriction restriction, ClientNames clients) {
    return new RestrictionSummary(
        restriction.type(), restriction.summary(clients), restriction.deterrent());
  }
}
