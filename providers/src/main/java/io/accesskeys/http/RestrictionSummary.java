package io.accesskeys.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.accesskeys.restriction.ClientNames;
import io.accesskeys.restriction.Mode;
import io.accesskeys.restriction.Restriction;

/**
 * A restriction in words.
 *
 * @param type its type
 * @param summary the rule in one line of English
 * @param mode {@code report} if it only reports; absent if it is enforced
 * @param deterrent whether it goes by what the holder of the key writes into the request
 *     themselves, and stops nobody who has stolen it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestrictionSummary(String type, String summary, String mode, boolean deterrent) {

  static RestrictionSummary of(Restriction restriction, ClientNames clients) {
    return new RestrictionSummary(
        restriction.type(),
        restriction.summary(clients),
        Mode.of(restriction) == Mode.REPORT ? Mode.REPORT.wireName() : null,
        restriction.deterrent());
  }
}
