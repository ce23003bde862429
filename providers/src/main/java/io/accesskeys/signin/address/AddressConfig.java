package io.accesskeys.signin.address;

import io.accesskeys.restriction.InvalidRestrictionException;
import io.accesskeys.restriction.ip.IpRanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.Constants;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * Reads the config of a step that looks at addresses. Keycloak has nobody validate it when it is
 * saved, so it is read strictly at every sign-in: what is not understood is an error that names the
 * setting, and never a shorter list.
 */
final class AddressConfig {

  private static final Pattern SEPARATOR = Pattern.compile("##|,");

  /** As much of a wrong entry as an event or a log shows. */
  private static final int SHOWN = 60;

  private final Map<String, String> settings;
  private final Attributes attributes;
  private final Optional<Attributes.Source> source;

  private AddressConfig(
      Map<String, String> settings, Attributes attributes, Optional<Attributes.Source> source) {
    this.settings = settings;
    this.attributes = attributes;
    this.source = source;
  }

  /**
   * The config, if it has only settings that are known, and a source that is.
   *
   * @throws InvalidRestrictionException naming the setting that cannot be read
   */
  static AddressConfig of(
      Map<String, String> settings, List<ProviderConfigProperty> known, Attributes attributes)
      throws InvalidRestrictionException {
    for (String name : settings.keySet()) {
      if (known.stream().noneMatch(one -> one.getName().equals(name)) && !keycloaks(name)) {
        throw new InvalidRestrictionException(shown(name), "is not a setting");
      }
    }
    String word = settings.getOrDefault(AddressSettings.SOURCE, "").strip();
    Optional<Attributes.Source> source = Attributes.Source.of(word);
    if (source.isEmpty() && !word.isEmpty() && !word.equals(AddressSettings.NONE)) {
      throw new InvalidRestrictionException(
          AddressSettings.SOURCE, shown(word) + " is not a source");
    }
    AddressConfig config = new AddressConfig(settings, attributes, source);
    if (source.isPresent() && known.stream().noneMatch(one -> config.isAttributeOfList(one))) {
      throw new InvalidRestrictionException(
          AddressSettings.SOURCE, "is " + word + ", but no attribute is named");
    }
    return config;
  }

  /** What the step of this context was told; nothing if it has no config. */
  static Map<String, String> settings(AuthenticationFlowContext context) {
    return Optional.ofNullable(context.getAuthenticatorConfig())
        .map(AuthenticatorConfigModel::getConfig)
        .orElse(Map.of());
  }

  /** Whether entries of this list are looked for in an attribute. */
  boolean readsAttribute(String list) {
    return !attributeName(list).isEmpty();
  }

  /**
   * The addresses of a list, its own and those of the attribute; empty if it lists none.
   *
   * @throws InvalidRestrictionException naming the entry that cannot be read
   */
  Optional<IpRanges> ranges(String list) throws InvalidRestrictionException {
    List<String> all = new ArrayList<>(own(list));
    if (readsAttribute(list)) {
      all.addAll(ofAttribute(list));
    }
    if (all.size() > IpRanges.MAX_ENTRIES) {
      throw new InvalidRestrictionException(
          list, "has more than " + IpRanges.MAX_ENTRIES + " entries");
    }
    return all.isEmpty() ? Optional.empty() : Optional.of(IpRanges.of(all, List.of(), list));
  }

  /**
   * A switch, off where it is absent.
   *
   * @throws InvalidRestrictionException if it is neither on nor off
   */
  boolean isOn(String name) throws InvalidRestrictionException {
    String word = settings.getOrDefault(name, "").strip();
    if (!word.isEmpty() && !word.equals("true") && !word.equals("false")) {
      throw new InvalidRestrictionException(name, "must be true or false");
    }
    return word.equals("true");
  }

  private List<String> own(String list) throws InvalidRestrictionException {
    List<String> entries = entries(Stream.ofNullable(settings.get(list)));
    for (int i = 0; i < entries.size(); i++) {
      requireRange(entries.get(i), list + "[" + i + "]", "");
    }
    return entries;
  }

  private List<String> ofAttribute(String list) throws InvalidRestrictionException {
    String setting = AddressSettings.attributeOf(list);
    String name = attributeName(list);
    Attributes.Source owner =
        source.orElseThrow(
            () ->
                new InvalidRestrictionException(
                    setting, "names an attribute, but source does not say whose"));
    String whose = shown(name) + " of the " + owner.word() + " ";
    List<String> entries = entries(attributes.valuesOf(owner, name).stream());
    if (entries.isEmpty()) {
      throw new InvalidRestrictionException(setting, whose + "is missing or empty");
    }
    if (entries.equals(List.of(AddressSettings.NONE))) {
      return List.of();
    }
    for (String entry : entries) {
      requireRange(entry, setting, whose + "has ");
    }
    return entries;
  }

  private boolean isAttributeOfList(ProviderConfigProperty property) {
    return property.getName().endsWith(AddressSettings.attributeOf(""))
        && !settings.getOrDefault(property.getName(), "").isBlank();
  }

  private String attributeName(String list) {
    return settings.getOrDefault(AddressSettings.attributeOf(list), "").strip();
  }

  private static List<String> entries(Stream<String> values) {
    return values
        .flatMap(SEPARATOR::splitAsStream)
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .toList();
  }

  private static void requireRange(String entry, String setting, String before)
      throws InvalidRestrictionException {
    if (!IpRanges.isRange(entry)) {
      throw new InvalidRestrictionException(
          setting, before + "\"" + shown(entry) + "\", which is " + IpRanges.NO_RANGE);
    }
  }

  /** Settings that Keycloak adds to every step, for claims of its own. */
  private static boolean keycloaks(String name) {
    return name.equals(Constants.AUTHENTICATION_EXECUTION_REFERENCE_VALUE)
        || name.equals(Constants.AUTHENTICATION_EXECUTION_REFERENCE_MAX_AGE);
  }

  /** What somebody wrote, as one line of a log can take it. */
  private static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
  }
}
