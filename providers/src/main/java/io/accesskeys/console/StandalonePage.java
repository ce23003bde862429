package io.accesskeys.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.keycloak.crypto.JavaAlgorithm;
import org.keycloak.jose.jws.crypto.HashUtils;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.Urls;
import org.keycloak.theme.FreeMarkerException;
import org.keycloak.theme.Theme;
import org.keycloak.theme.freemarker.FreeMarkerProvider;
import org.keycloak.util.JsonSerialization;

/**
 * The page for administrators without the Admin Console around it. React and PatternFly are those
 * that Keycloak serves to its own pages; nothing may run or be loaded beside them and the page.
 */
public final class StandalonePage {

  /** The client by which administrators sign in; a realm that wants the page has it. */
  public static final String CLIENT_ID = "access-keys-admin";

  private static final String TEMPLATE = "access-keys-admin.ftl";

  private final KeycloakSession session;
  private final RealmModel realm;

  /** The page of the realm of this session. */
  public StandalonePage(KeycloakSession session) {
    this.session = session;
    this.realm = session.getContext().getRealm();
  }

  /** Whether the realm wants the page, and this jar has it. */
  public boolean isThere() {
    return PageFiles.isBuilt()
        && Optional.ofNullable(realm.getClientByClientId(CLIENT_ID))
            .filter(client -> client.isEnabled() && client.isPublicClient())
            .filter(client -> client.isStandardFlowEnabled())
            .isPresent();
  }

  /** The page, as HTML. */
  public String html() {
    try {
      Theme theme = session.theme().getTheme(Theme.Type.LOGIN);
      return session
          .getProvider(FreeMarkerProvider.class)
          .processTemplate(attributes(theme), TEMPLATE, theme);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FreeMarkerException e) {
      throw new IllegalStateException("The template " + TEMPLATE + " cannot be read", e);
    }
  }

  /** What the template has places for; Keycloak puts more into it. */
  private Map<String, Object> attributes(Theme theme) throws IOException {
    Locale locale = session.getContext().resolveLocale(null);
    Properties messages = theme.getEnhancedMessages(realm, locale);
    String files = Urls.themeRoot(server()).getPath();
    String vendor = files + "/common/keycloak/vendor";
    String react = json(Map.of("imports", react(vendor)));
    Map<String, Object> attributes = new HashMap<>();
    attributes.put("locale", locale.toLanguageTag());
    attributes.put("title", messages.getProperty("accessKeyAdmin"));
    attributes.put("noScript", messages.getProperty("accessKeyAdmin-noScript"));
    attributes.put("policy", contentSecurityPolicy(react));
    attributes.put("style", vendor + "/patternfly-v5/patternfly.min.css");
    attributes.put("react", react);
    attributes.put("loader", files + "/login/" + theme.getName() + "/" + PageFiles.LOADER_PATH);
    attributes.put("environment", json(environment(locale)));
    return attributes;
  }

  /** As in the import maps of Keycloak's own consoles. */
  private static Map<String, String> react(String vendor) {
    return Map.of(
        "react", vendor + "/react/react.production.min.js",
        "react/jsx-runtime", vendor + "/react/react-jsx-runtime.production.min.js",
        "react-dom", vendor + "/react-dom/react-dom.production.min.js");
  }

  /** What {@code host.ts} reads. */
  private Map<String, String> environment(Locale locale) {
    return Map.of(
        "serverBaseUrl", server().toString(),
        "adminBaseUrl", server().toString(),
        "realm", realm.getName(),
        "clientId", CLIENT_ID,
        "locale", locale.toLanguageTag(),
        "standaloneUrl", Urls.realmIssuer(server(), realm.getName()) + "/access-keys/admin/");
  }

  private URI server() {
    return session.getContext().getUri().getBaseUri();
  }

  /** For an element of a page, which a less-than sign could end. */
  private static String json(Map<String, ?> members) throws IOException {
    return JsonSerialization.writeValueAsString(members).replace("<", "\\u003c");
  }

  /** Joins what the realm's headers say, which is who may frame the page. */
  private static String contentSecurityPolicy(String inlineScript) {
    String hash =
        Base64.getEncoder()
            .encodeToString(
                HashUtils.hash(
                    JavaAlgorithm.SHA256, inlineScript.getBytes(StandardCharsets.UTF_8)));
    return String.join(
        "; ",
        "default-src 'none'",
        "script-src 'self' 'sha256-" + hash + "'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'");
  }
}
