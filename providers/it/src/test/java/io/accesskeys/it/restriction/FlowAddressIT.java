package io.accesskeys.it.restriction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.Contract;
import io.accesskeys.bench.realm.Browser;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.LoginFlow;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestRealm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.utils.TimeBasedOTP;

/** The steps of login flows that look at the client's address. */
@Contract
class FlowAddressIT {

  private static final String RESTRICTION = "ip-restriction-authenticator";
  private static final String CONDITION = "client-address-condition";
  private static final String INSIDE = "203.0.113.9";
  private static final String OUTSIDE = "198.51.100.20";
  private static final String REFUSED = "You may not sign in from here. Ask your administrator.";
  private static final Map<String, String> OFFICE =
      Map.of("allow", "203.0.113.0/24##2001:db8::/32");
  private static final String OTP_SECRET = "a secret of twenty characters";

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("flow-address");
    realm.change(
        "", Map.of("internationalizationEnabled", true, "supportedLocales", List.of("en", "de")));
    String otp =
        """
        {"username":"otto","enabled":true,"email":"otto@acme.example","firstName":"O","lastName":"O",
         "credentials":[
           {"type":"password","value":"otto"},
           {"type":"otp","secretData":"{\\"value\\":\\"%s\\"}","credentialData":
             "{\\"subType\\":\\"totp\\",\\"digits\\":6,\\"counter\\":0,\\"period\\":30,\\"algorithm\\":\\"HmacSHA1\\"}"}]}
        """
            .formatted(OTP_SECRET);
    realm.admin("POST", "/users", otp).expect(201);
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  @BeforeEach
  void forgetEvents() {
    realm.admin("DELETE", "/events", "").expect(204);
  }

  @AfterEach
  void putFlowsBack() {
    LoginFlow.reset(realm);
    realm.change("", Map.of("bruteForceProtected", false));
  }

  /** A flow for browsers in which the password is followed by this restriction. */
  private static LoginFlow afterThePassword(Map<String, String> config) {
    LoginFlow flow = LoginFlow.ofBrowsers(realm);
    flow.add(flow.sub("forms"), RESTRICTION, config);
    return flow;
  }

  /** A flow for browsers in which this restriction comes before the form for the password. */
  private static LoginFlow beforeThePassword(Map<String, String> config) {
    LoginFlow flow = LoginFlow.ofBrowsers(realm);
    flow.first(flow.add(flow.sub("forms"), RESTRICTION, config));
    return flow;
  }

  private static Browser signIn(String user, String address) {
    return signIn(user, address, "");
  }

  private static Browser signIn(String user, String address, String query) {
    return Browser.of(realm)
        .at(address)
        .open(query)
        .submit(Map.of("username", user, "password", user));
  }

  private static Reply directGrant(String user, String address) {
    return Http.form(
        realm.uri("/protocol/openid-connect/token"),
        Map.of("X-Forwarded-For", address, "X-Forwarded-Proto", "https"),
        Map.of(
            "grant_type",
            "password",
            "client_id",
            "admin-cli",
            "username",
            user,
            "password",
            user));
  }

  private static void assertSignedIn(Browser browser) {
    assertThat(browser.location()).contains("code=");
  }

  private static void assertRefused(Browser browser) {
    assertThat(browser.page().status()).isEqualTo(403);
    assertThat(browser.page().body())
        .contains(REFUSED)
        .doesNotContain("name=\"password\"", "name=\"otp\"");
  }

  private static void assertRefused(Reply reply) {
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.text("error")).isEqualTo("access_denied");
    assertThat(reply.text("error_description"))
        .isEqualTo("Signing in is not permitted from here; ask your administrator");
    assertThat(reply.json()).hasSize(2);
  }

  /** The details of the one event that a refused sign-in has left. */
  private static JsonNode event() {
    JsonNode events = realm.admin("GET", "/events?type=LOGIN_ERROR", null).expect(200).json();
    assertThat(events).as(events.toString()).hasSize(1);
    assertThat(events.path(0).path("error").asText()).isEqualTo("access_denied");
    return events.path(0).path("details");
  }

  private static void assertEvent(String reason) {
    assertThat(event().path("reason").asText()).isEqualTo(reason);
  }

  private static void assertMisconfigured(String setting, String problem) {
    JsonNode details = event();
    assertThat(details.path("reason").asText()).isEqualTo("invalid_configuration");
    assertThat(details.path("setting").asText()).isEqualTo(setting);
    assertThat(details.path("problem").asText()).startsWith(problem);
    assertThat(details.path("step").asText()).startsWith("flow");
  }

  private static List<String> warnings() {
    try (Stream<String> lines = Files.lines(realm.server().log(), UTF_8)) {
      return lines.filter(line -> line.contains("was refused at the step")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void fromInsidePeopleSignIn() {
    afterThePassword(OFFICE);
    assertSignedIn(signIn("alice", INSIDE));
    assertSignedIn(signIn("alice", "2001:db8::1"));
    beforeThePassword(OFFICE);
    assertSignedIn(signIn("alice", INSIDE));
    assertThat(realm.admin("GET", "/events?type=LOGIN_ERROR", null).json()).isEmpty();
  }

  @Test
  void fromOutsideTheFormForThePasswordIsNotEvenShownWhereTheRestrictionIsFirst() {
    beforeThePassword(OFFICE);
    assertRefused(Browser.of(realm).at(OUTSIDE).open(""));
    assertEvent("address_not_allowed");
  }

  @Test
  void fromOutsideThePasswordIsAskedForWhereTheRestrictionComesAfterIt() {
    afterThePassword(OFFICE);
    Browser outside = Browser.of(realm).at(OUTSIDE).open("");
    assertThat(outside.page().body()).contains("name=\"password\"");
    assertRefused(outside.submit(Map.of("username", "alice", "password", "alice")));
    assertEvent("address_not_allowed");
  }

  @Test
  void theRefusalSpeaksGerman() {
    afterThePassword(OFFICE);
    assertThat(signIn("alice", OUTSIDE, "&ui_locales=de").page().body())
        .contains("Von hier aus dürfen Sie sich nicht anmelden.");
    beforeThePassword(OFFICE);
    assertThat(Browser.of(realm).at(OUTSIDE).open("&ui_locales=de").page().body())
        .contains("Von hier aus dürfen Sie sich nicht anmelden.");
  }

  @Test
  void whoIsRefusedGetsNoFurtherByLoadingThePageAgain() {
    afterThePassword(OFFICE);
    Browser outside = signIn("alice", OUTSIDE);
    assertRefused(outside);
    assertRefused(outside.reload());
    assertSignedIn(outside.at(INSIDE).reload());
  }

  /** As documented: Keycloak's own flow lets a session pass by the forms. */
  @Test
  void aSessionFromInsideIsNoUseOutsideWhereTheRestrictionStandsBeforeTheCookie() {
    LoginFlow flow = LoginFlow.emptyOfBrowsers(realm);
    flow.add("", RESTRICTION, OFFICE);
    String either = flow.addSub("", "REQUIRED");
    flow.require(flow.addPlain(either, "auth-cookie"), "ALTERNATIVE");
    flow.addPlain(flow.addSub(either, "ALTERNATIVE"), "auth-username-password-form");
    Browser alice = signIn("alice", INSIDE);
    assertSignedIn(alice);
    assertSignedIn(alice.open(""));
    assertRefused(alice.at(OUTSIDE).open(""));
    assertSignedIn(alice.at(INSIDE).open(""));

    afterThePassword(OFFICE);
    assertSignedIn(alice.at(OUTSIDE).open(""));
  }

  @Test
  void aRefusalIsNoWrongPassword() {
    afterThePassword(OFFICE);
    realm.change("", Map.of("bruteForceProtected", true, "failureFactor", 1));
    for (int i = 0; i < 3; i++) {
      assertRefused(signIn("bob", OUTSIDE));
    }
    assertSignedIn(signIn("bob", INSIDE));
  }

  @Test
  void whatIsDeniedIsDeniedAlsoWhereItIsAllowed() {
    afterThePassword(Map.of("allow", "203.0.113.0/24", "deny", INSIDE));
    assertRefused(signIn("alice", INSIDE));
    assertEvent("address_not_allowed");
    assertSignedIn(signIn("alice", "203.0.113.10"));
  }

  @Test
  void withNothingAllowedEverythingIsButWhatIsDenied() {
    afterThePassword(Map.of("deny", "203.0.113.0/24"));
    assertRefused(signIn("alice", INSIDE));
    assertSignedIn(signIn("alice", OUTSIDE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "garbage", "203.0.113.009"})
  void anUnknownAddressIsRefused(String address) {
    afterThePassword(Map.of("deny", "198.51.100.0/24"));
    int before = warnings().size();
    assertRefused(signIn("alice", address));
    assertEvent("address_unknown");
    assertThat(warnings()).hasSize(before + 1);
    assertThat(warnings().get(before)).contains("WARN", "realm flow-address", "address is unknown");
  }

  @Test
  void theAddressIsTheOneThatTheRealmsProxiesVouchFor() {
    afterThePassword(OFFICE);
    realm.policy(Map.of("trusted-proxies", "127.0.0.0/8")).expect(204);
    try {
      assertRefused(signIn("alice", INSIDE + ", " + OUTSIDE));
      JsonNode events = realm.admin("GET", "/events?type=LOGIN_ERROR", null).json();
      assertThat(events.path(0).path("ipAddress").asText()).isEqualTo(OUTSIDE);
      assertSignedIn(signIn("alice", OUTSIDE + ", " + INSIDE));
    } finally {
      realm.policy(Map.of()).expect(204);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "allow|203.0.113.0/24##203.0.113|allow[1]|\"203.0.113\", which is no literal",
        "allow|203.0.113.9/24|allow[0]|\"203.0.113.9/24\", which is no literal",
        "deny|198.51.100|deny[0]|\"198.51.100\", which is no literal",
        "allow||allow|is empty, and so is deny",
        "denied|198.51.100.20|denied|is not a setting",
        "source|nobody|source|nobody is not a source",
      })
  void whatCannotBeReadLetsNobodyInAndTellsTheAdministrator(
      String setting, String value, String named, String problem) {
    afterThePassword(Map.of(setting, value == null ? "" : value));
    int before = warnings().size();
    assertRefused(signIn("alice", INSIDE));
    assertMisconfigured(named, problem);
    assertThat(warnings()).hasSize(before + 1);
    assertThat(warnings().get(before)).contains("WARN", named).doesNotContain("203.0.113.0/24");
  }

  @Test
  void aStepWithoutConfigLetsNobodyIn() {
    LoginFlow flow = LoginFlow.ofBrowsers(realm);
    flow.addPlain(flow.sub("forms"), RESTRICTION);
    assertRefused(signIn("alice", INSIDE));
    assertThat(event().path("step").asText()).isEqualTo(RESTRICTION);
  }

  @Test
  void aDirectGrantIsRestrictedToo() {
    LoginFlow.ofPrograms(realm).add("", RESTRICTION, OFFICE);
    assertThat(directGrant("alice", INSIDE).status()).isEqualTo(200);
    assertRefused(directGrant("alice", OUTSIDE));
    assertEvent("address_not_allowed");
  }

  @Test
  void aDirectGrantIsRefusedBeforeThePasswordIsLookedAtWhereTheRestrictionIsFirst() {
    LoginFlow flow = LoginFlow.ofPrograms(realm);
    flow.first(flow.add("", RESTRICTION, OFFICE));
    assertRefused(directGrant("nobody", OUTSIDE));
    assertThat(directGrant("nobody", INSIDE).text("error")).isEqualTo("invalid_grant");
  }

  @Test
  void aDirectGrantThatCannotBeJudgedIsRefusedInTheSameWords() {
    LoginFlow flow = LoginFlow.ofPrograms(realm);
    String step = flow.add("", RESTRICTION, OFFICE);
    assertRefused(directGrant("alice", "unknown"));
    assertEvent("address_unknown");
    flow.configure(step, Map.of("allow", "203.0.113"));
    forgetEvents();
    assertRefused(directGrant("alice", INSIDE));
    assertMisconfigured("allow[0]", "\"203.0.113\"");
  }

  /** What each source is, and how it gets its attribute. */
  private static void give(String source, String values) {
    List<String> several = List.of(values.split(";", -1));
    switch (source) {
      case "realm" -> attribute("", String.join(",", several));
      case "client" -> attribute(realm.client("account-console"), String.join("##", several));
      case "user" -> {
        ObjectNode profile =
            (ObjectNode) realm.admin("GET", "/users/profile", null).expect(200).json();
        profile.put("unmanagedAttributePolicy", "ADMIN_EDIT");
        realm.admin("PUT", "/users/profile", profile.toString()).expect(200);
        realm.change(realm.user("bob"), Map.of("attributes", Map.of("login-from", several)));
      }
      default -> throw new AssertionError(source);
    }
  }

  private static void attribute(String path, String value) {
    JsonNode attributes = realm.admin("GET", path, null).json().path("attributes");
    Map<String, Object> all = new HashMap<>();
    attributes.properties().forEach(one -> all.put(one.getKey(), one.getValue()));
    all.put("login-from", value);
    realm.change(path, Map.of("attributes", all));
  }

  @ParameterizedTest
  @ValueSource(strings = {"realm", "client", "user"})
  void anAttributeListsWhereFrom(String source) {
    afterThePassword(Map.of("source", source, "allow-attribute", "login-from"));
    assertRefused(signIn("bob", INSIDE));
    assertMisconfigured("allow-attribute", "login-from of the " + source + " is missing or empty");

    give(source, "203.0.113.0/24;2001:db8::/32");
    assertSignedIn(signIn("bob", INSIDE));
    assertSignedIn(signIn("bob", "2001:db8::1"));
    assertRefused(signIn("bob", OUTSIDE));

    give(source, "203.0.113.0/24;203.0.113");
    forgetEvents();
    assertRefused(signIn("bob", INSIDE));
    assertMisconfigured("allow-attribute", "login-from of the " + source + " has \"203.0.113\"");
  }

  @Test
  void theGroupsOfAPersonAndThoseAboveThemListWhereFrom() {
    realm.admin("POST", "/groups", "{\"name\":\"staff\"}").expect(201);
    String staff = group("/groups?search=staff");
    realm.admin("POST", staff + "/children", "{\"name\":\"berlin\"}").expect(201);
    String berlin = group(staff + "/children");
    realm.admin("PUT", realm.user("alice") + berlin, "").expect(204);
    realm.change(staff, Map.of("attributes", Map.of("login-from", List.of("203.0.113.0/24"))));
    realm.change(
        berlin, Map.of("attributes", Map.of("login-from", List.of("2001:db8::/32", "192.0.2.1"))));

    afterThePassword(Map.of("source", "group", "allow-attribute", "login-from"));
    assertSignedIn(signIn("alice", INSIDE));
    assertSignedIn(signIn("alice", "2001:db8::1"));
    assertSignedIn(signIn("alice", "192.0.2.1"));
    assertRefused(signIn("alice", OUTSIDE));
    forgetEvents();
    assertRefused(signIn("bob", INSIDE));
    assertMisconfigured("allow-attribute", "login-from of the group is missing or empty");
  }

  private static String group(String path) {
    return "/groups/"
        + realm.admin("GET", path, null).expect(200).json().path(0).path("id").asText();
  }

  @ParameterizedTest
  @ValueSource(strings = {"user", "group"})
  void aPersonsAttributesAreNoUseBeforeThePersonIsKnown(String source) {
    beforeThePassword(Map.of("allow", INSIDE, "source", source, "allow-attribute", "login-from"));
    assertRefused(Browser.of(realm).at(INSIDE).open(""));
    assertMisconfigured("source", "is " + source + ", but no user is known at this step");
  }

  /** A flow for browsers that asks for a one-time password only from outside, as documented. */
  private static String otpOnlyOutside(Map<String, String> config) {
    LoginFlow flow = LoginFlow.ofBrowsers(realm);
    return flow.add(flow.sub("Browser - Conditional 2FA"), CONDITION, config);
  }

  @Test
  void theConditionAsksForAOneTimePasswordOnlyOutside() {
    otpOnlyOutside(Map.of("addresses", "203.0.113.0/24", "negate", "true"));
    assertSignedIn(signIn("otto", INSIDE));

    Browser outside = signIn("otto", OUTSIDE);
    assertThat(outside.page().body()).contains("name=\"otp\"");
    outside.submit(Map.of("otp", "000000"));
    assertThat(outside.page().body()).contains("name=\"otp\"");
    outside.submit(Map.of("otp", new TimeBasedOTP().generateTOTP(OTP_SECRET)));
    assertSignedIn(outside);
    assertSignedIn(signIn("alice", OUTSIDE));
  }

  @Test
  void theConditionHasAOneTimePasswordSetUpOnlyOutside() {
    LoginFlow flow = LoginFlow.ofBrowsers(realm);
    String outside = flow.addSub(flow.sub("forms"), "CONDITIONAL");
    flow.add(outside, CONDITION, Map.of("addresses", "203.0.113.0/24", "negate", "true"));
    flow.addPlain(outside, "auth-otp-form");
    assertSignedIn(signIn("bob", INSIDE));
    assertThat(signIn("bob", OUTSIDE).page().body()).contains("totpSecret");
  }

  @Test
  void theConditionAsksOnlyInsideWhereItIsNotNegated() {
    otpOnlyOutside(Map.of("addresses", "203.0.113.0/24"));
    assertThat(signIn("otto", INSIDE).page().body()).contains("name=\"otp\"");
    assertSignedIn(signIn("otto", OUTSIDE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void anUnknownAddressSkipsNoStepWhateverTheConditionIsFor(String negate) {
    otpOnlyOutside(Map.of("addresses", "203.0.113.0/24", "negate", negate));
    Browser unknown = signIn("otto", "unknown");
    assertRefused(unknown);
    assertEvent("address_unknown");
    assertRefused(unknown.reload());
    assertThat(unknown.at(OUTSIDE).reload().page().status()).isNotEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "addresses|203.0.113|addresses[0]|\"203.0.113\", which is no literal",
        "negate|yes|addresses|lists no address",
        "adresses|203.0.113.0/24|adresses|is not a setting",
      })
  void aConditionThatCannotBeReadEndsTheSignIn(
      String setting, String value, String named, String problem) {
    otpOnlyOutside(Map.of(setting, value));
    int before = warnings().size();
    assertRefused(signIn("otto", INSIDE));
    assertMisconfigured(named, problem);
    assertThat(warnings()).hasSize(before + 1);
    forgetEvents();
    assertRefused(signIn("otto", OUTSIDE));
    assertMisconfigured(named, problem);
  }

  @Test
  void theConditionReadsAttributesToo() {
    attribute("", "192.0.2.0/24");
    otpOnlyOutside(
        Map.of("source", "realm", "addresses-attribute", "login-from", "negate", "true"));
    assertSignedIn(signIn("otto", "192.0.2.7"));
    assertThat(signIn("otto", INSIDE).page().body()).contains("name=\"otp\"");
  }

  @Test
  void theConditionWorksForDirectGrants() {
    LoginFlow flow = LoginFlow.ofPrograms(realm);
    String step =
        flow.add(
            flow.sub("Direct Grant - Conditional OTP"),
            CONDITION,
            Map.of("addresses", "203.0.113.0/24", "negate", "true"));
    assertThat(directGrant("otto", INSIDE).status()).isEqualTo(200);
    assertThat(directGrant("otto", OUTSIDE).text("error")).isEqualTo("invalid_grant");
    forgetEvents();
    assertRefused(directGrant("otto", "unknown"));
    assertEvent("address_unknown");
    flow.configure(step, Map.of("addresses", "203.0.113"));
    forgetEvents();
    assertRefused(directGrant("otto", INSIDE));
    assertMisconfigured("addresses[0]", "\"203.0.113\"");
  }

  /** Keycloak's own event follows: here it ends the flow, and we only can ask it to. */
  @Test
  void aConditionBeforeAnyFormRefusesWhatItCannotJudge() {
    LoginFlow flow = LoginFlow.ofBrowsers(realm);
    String outside = flow.addSub(flow.sub("forms"), "CONDITIONAL");
    flow.add(outside, CONDITION, Map.of("addresses", "203.0.113.0/24", "negate", "true"));
    flow.addPlain(outside, "deny-access-authenticator");
    flow.first(flow.idOfSub(outside));
    assertSignedIn(signIn("alice", INSIDE));
    assertThat(Browser.of(realm).at(OUTSIDE).open("").page().body()).contains("Access denied");
    forgetEvents();
    Browser unknown = Browser.of(realm).at("unknown").open("");
    assertThat(unknown.page().status()).isBetween(400, 403);
    assertThat(unknown.page().body()).doesNotContain("name=\"password\"");
    JsonNode events = realm.admin("GET", "/events?type=LOGIN_ERROR", null).json();
    assertThat(
            StreamSupport.stream(events.spliterator(), false)
                .map(event -> event.at("/details/reason").asText()))
        .contains("address_unknown");
  }

  @ParameterizedTest
  @ValueSource(strings = {RESTRICTION, CONDITION})
  void theAdminConsoleIsToldOfEverySettingWithItsHelp(String provider) {
    JsonNode description =
        realm
            .admin("GET", "/authentication/config-description/" + provider, null)
            .expect(200)
            .json();
    assertThat(description.path("helpText").asText()).contains("refuses the sign-in");
    assertThat(description.path("properties"))
        .hasSizeGreaterThan(3)
        .allSatisfy(
            property -> {
              assertThat(property.path("label").asText()).isNotEmpty();
              assertThat(property.path("helpText").asText()).endsWith(".");
            })
        .anySatisfy(
            property ->
                assertThat(property.path("options").toString())
                    .isEqualTo("[\"none\",\"realm\",\"client\",\"group\",\"user\"]"));
  }
}
