package io.accesskeys.restriction.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.restriction.InvalidRestrictionException;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.RestrictionJson;
import io.accesskeys.restriction.RestrictionTypeFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * {@code {"type":"android","allow":[{"packageName":"com.example","sha1Fingerprint":"…"}]}}: Android
 * apps by package and by the SHA-1 fingerprint of the certificate they are signed with, as they
 * tell in {@code X-Android-Package} and {@code X-Android-Cert}. A deterrent.
 */
public final class AndroidRestrictionType implements RestrictionTypeFactory {

  static final String ID = "android";

  private static final String PACKAGE = "packageName";
  private static final String FINGERPRINT = "sha1Fingerprint";
  private static final int MAX_PACKAGE = 255;
  private static final Pattern PACKAGE_FORM =
      Pattern.compile("[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)+");
  private static final Pattern FINGERPRINT_FORM =
      Pattern.compile("[0-9A-Fa-f]{40}|[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){19}");

  @Override
  public String getId() {
    return ID;
  }

  @Override
  public boolean deterrent() {
    return true;
  }

  @Override
  public Restriction parse(JsonNode json, String field) throws InvalidRestrictionException {
    RestrictionJson members = RestrictionJson.of(json, field, "allow");
    List<JsonNode> entries = members.entries("allow");
    Map<App, String> apps = new LinkedHashMap<>();
    for (int i = 0; i < entries.size(); i++) {
      App app = app(entries.get(i), members.path("allow", i));
      apps.put(app, app.packageName());
    }
    if (apps.isEmpty()) {
      throw new InvalidRestrictionException(field + ".allow", "must have at least one entry");
    }
    return new AppRestriction(
        canonical(apps.keySet()),
        facts ->
            facts
                .headers()
                .only("X-Android-Package")
                .flatMap(
                    name ->
                        facts.headers().only("X-Android-Cert").flatMap(cert -> App.of(name, cert))),
        apps);
  }

  /** The fingerprint in one spelling, so that equal rules give equal JSON. */
  private static ObjectNode canonical(Set<App> apps) {
    ObjectNode canonical = RestrictionJson.empty(ID);
    ArrayNode allow = canonical.putArray("allow");
    apps.forEach(
        app ->
            allow.addObject().put(PACKAGE, app.packageName()).put(FINGERPRINT, app.fingerprint()));
    return canonical;
  }

  private static App app(JsonNode entry, String path) throws InvalidRestrictionException {
    for (String name : RestrictionJson.names(entry)) {
      if (!name.equals(PACKAGE) && !name.equals(FINGERPRINT)) {
        throw new InvalidRestrictionException(path + "." + name, "is not known");
      }
    }
    String packageName = entry.path(PACKAGE).asText();
    if (packageName.length() > MAX_PACKAGE || !PACKAGE_FORM.matcher(packageName).matches()) {
      throw new InvalidRestrictionException(
          path + "." + PACKAGE, "must be the name of a package, such as com.example.app");
    }
    return App.of(packageName, entry.path(FINGERPRINT).asText())
        .orElseThrow(
            () ->
                new InvalidRestrictionException(
                    path + "." + FINGERPRINT, "must be a SHA-1 fingerprint of 40 hex digits"));
  }

  /**
   * An app.
   *
   * @param fingerprint 40 lower-case hex digits
   */
  private record App(String packageName, String fingerprint) {

    static Optional<App> of(String packageName, String fingerprint) {
      return FINGERPRINT_FORM.matcher(fingerprint).matches()
          ? Optional.of(new App(packageName, fingerprint.replace(":", "").toLowerCase(Locale.ROOT)))
          : Optional.empty();
    }
  }
}
