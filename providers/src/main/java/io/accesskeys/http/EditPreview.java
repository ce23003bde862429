package io.accesskeys.http;

import io.accesskeys.management.EditedKey.Effect;
import io.accesskeys.management.suggestion.Outlook;

/**
 * What an edit would do. Nothing was changed.
 *
 * @param widens whether the key could do more, or from elsewhere, for which a person needs a fresh
 *     sign-in
 * @param key the key as it would be
 * @param wouldHaveRefused what the key would have refused of its uses if it had been so
 */
public record EditPreview(
    boolean dryRun, boolean widens, KeyRepresentation key, OutlookRepresentation wouldHaveRefused) {

  /** Of an edit that was not made. */
  public static EditPreview of(KeyRepresentation key, Effect effect, Outlook outlook) {
    return new EditPreview(true, effect == Effect.MORE, key, OutlookRepresentation.of(outlook));
  }
}
