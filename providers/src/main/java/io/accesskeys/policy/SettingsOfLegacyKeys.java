package io.accesskeys.policy;

import static io.accesskeys.policy.PolicySetting.several;
import static io.accesskeys.policy.PolicySetting.text;

import io.accesskeys.key.LegacyTexts;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The settings about keys of other systems that were imported by their hashes. */
final class SettingsOfLegacyKeys {

  private static final Pattern VAULT_ENTRY =
      Pattern.compile("\\$\\{vault\\.[A-Za-z0-9_.-]{1,128}}");

  private static final int LAST_YEAR = 9_999;

  private SettingsOfLegacyKeys() {}

  static List<PolicySetting> all() {
    return List.of(
        several(
            PolicySetting.LEGACY_PREFIXES,
            "",
            "Legacy keys: prefixes",
            "What keys of another system begin with, such as sk_live_. A text that begins so is never"
                + " tried as a password. 3 to 64 visible ASCII characters each; empty for none."),
        text(
            PolicySetting.LEGACY_MIN_LENGTH,
            PolicySetting.NONE,
            "Legacy keys: minimum length",
            "For legacy keys without a prefix: every text of so many characters is looked up as a key,"
                + " and never tried as a password. A whole number from 20 to 512; \"none\" if all have"
                + " a prefix."),
        text(
            PolicySetting.LEGACY_LAST_DAY,
            "",
            "Legacy keys: last day",
            "The last day on which legacy keys are accepted, in UTC, such as 2027-06-30. Roll them"
                + " before. Empty accepts none."),
        text(
            PolicySetting.LEGACY_PEPPER,
            "",
            "Legacy keys: pepper",
            "Where Keycloak's vault has the key of hmac-sha256 hashes, such as ${vault.legacy_pepper}."
                + " Empty if all legacy keys are stored as sha256."));
  }

  /** What they say. */
  static LegacyTexts read(SettingValues values) {
    return new LegacyTexts(
        values.read(
            PolicySetting.LEGACY_PREFIXES,
            text ->
                Optional.of(SettingValues.split(text).collect(Collectors.toUnmodifiableSet()))
                    .filter(prefixes -> prefixes.stream().allMatch(LegacyTexts::isPrefix)),
            "must be prefixes of 3 to 64 visible ASCII characters"),
        values.read(
            PolicySetting.LEGACY_MIN_LENGTH,
            SettingsOfLegacyKeys::length,
            "must be a whole number from "
                + LegacyTexts.LEAST_LENGTH
                + " to "
                + LegacyTexts.LONGEST
                + ", or none"),
        values.read(
            PolicySetting.LEGACY_LAST_DAY,
            text ->
                Optional.of(
                        text.isEmpty()
                            ? Optional.<LocalDate>empty()
                            : Optional.of(LocalDate.parse(text)))
                    .filter(day -> day.stream().allMatch(one -> one.getYear() <= LAST_YEAR)),
            "must be an ISO-8601 date, such as 2027-06-30"),
        values.read(
            PolicySetting.LEGACY_PEPPER,
            text ->
                Optional.of(Optional.of(text).filter(entry -> !entry.isEmpty()))
                    .filter(entry -> entry.stream().allMatch(VAULT_ENTRY.asMatchPredicate())),
            "must be an entry of the vault, such as ${vault.legacy_pepper}"));
  }

  private static Optional<Optional<Integer>> length(String text) {
    Optional<Integer> length =
        Optional.of(text)
            .filter(digits -> digits.matches("[0-9]{2,3}"))
            .map(Integer::valueOf)
            .filter(number -> number >= LegacyTexts.LEAST_LENGTH && number <= LegacyTexts.LONGEST);
    return length.isPresent() || text.equals(PolicySetting.NONE)
        ? Optional.of(length)
        : Optional.empty();
  }
}
