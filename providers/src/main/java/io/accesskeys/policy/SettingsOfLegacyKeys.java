package io.accesskeys.policy;

import static io.accesskeys.policy.PolicySetting.several;
import static io.accesskeys.policy.PolicySetting.text;

import io.accesskeys.key.LegacyTexts;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings about keys of other systems that were imported by their hashes. */
final class SettingsOfLegacyKeys {

  private static final Pattern VAULT_ENTRY =
      Pattern.compile("\\$\\{vault\\.[A-Za-z0-9_.-]{1,128}}");

  private static final int LAST_YEAR = 9_999;

  private final Setting<Set<String>> prefixes =
      new Setting<>(
          several(
              "legacy-prefixes",
              "",
              "Legacy keys: prefixes",
              "What keys of another system begin with, such as sk_live_. A text that begins so is never"
                  + " tried as a password. 3 to 64 visible ASCII characters each; empty for none."),
          text ->
              Optional.of(Setting.split(text).collect(Collectors.toUnmodifiableSet()))
                  .filter(prefixes -> prefixes.stream().allMatch(LegacyTexts::isPrefix)),
          "must be prefixes of 3 to 64 visible ASCII characters");

  private final Setting<Optional<Integer>> minLength =
      new Setting<>(
          text(
              "legacy-min-length",
              PolicySetting.NONE,
              "Legacy keys: minimum length",
              "For legacy keys without a prefix: every text of so many characters is looked up as a key,"
                  + " and never tried as a password. A whole number from 20 to 512; \"none\" if all have"
                  + " a prefix."),
          SettingsOfLegacyKeys::length,
          "must be a whole number from "
              + LegacyTexts.LEAST_LENGTH
              + " to "
              + LegacyTexts.LONGEST
              + ", or none");

  private final Setting<Optional<LocalDate>> lastDay =
      new Setting<>(
          text(
              "legacy-last-day",
              "",
              "Legacy keys: last day",
              "The last day on which legacy keys are accepted, in UTC, such as 2027-06-30. Roll them"
                  + " before. Empty accepts none."),
          text ->
              Optional.of(
                      text.isEmpty()
                          ? Optional.<LocalDate>empty()
                          : Optional.of(LocalDate.parse(text)))
                  .filter(day -> day.stream().allMatch(one -> one.getYear() <= LAST_YEAR)),
          "must be an ISO-8601 date, such as 2027-06-30");

  private final Setting<Optional<String>> pepper =
      new Setting<>(
          text(
              "legacy-pepper",
              "",
              "Legacy keys: pepper",
              "Where Keycloak's vault has the key of hmac-sha256 hashes, such as ${vault.legacy_pepper}."
                  + " Empty if all legacy keys are stored as sha256."),
          text ->
              Optional.of(Optional.of(text).filter(entry -> !entry.isEmpty()))
                  .filter(entry -> entry.stream().allMatch(VAULT_ENTRY.asMatchPredicate())),
          "must be an entry of the vault, such as ${vault.legacy_pepper}");

  /** All of them, as they are shown. */
  List<PolicySetting> all() {
    return Stream.of(prefixes, minLength, lastDay, pepper).map(Setting::shown).toList();
  }

  /** What they say. */
  LegacyTexts in(SettingValues values) {
    return new LegacyTexts(
        prefixes.in(values), minLength.in(values), lastDay.in(values), pepper.in(values));
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
