package io.accesskeys.restriction.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.accesskeys.restriction.Facts;
import io.accesskeys.restriction.InvalidRestrictionException;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.RestrictionTypeFactory;
import io.accesskeys.restriction.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AppRestrictionTest {

  private static final String SHA1 = "0123456789abcdef0123456789abcdef01234567";
  private static final String WITH_COLONS = SHA1.replaceAll("(..)(?=.)", "$1:");

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          com.example.app,  0123456789abcdef0123456789abcdef01234567, -
          com.example.app,  0123456789ABCDEF0123456789ABCDEF01234567, -
          com.example.app,  01:23:45:67:89:ab:cd:ef:01:23:45:67:89:ab:cd:ef:01:23:45:67, -
          com.example.app,  0123456789abcdef0123456789abcdef01234568, app_not_allowed
          com.example.App,  0123456789abcdef0123456789abcdef01234567, app_not_allowed
          com.example.evil, 0123456789abcdef0123456789abcdef01234567, app_not_allowed
          com.example.app,  0123456789abcdef,                         app_unknown
          com.example.app,  -,                                        app_unknown
          -,                0123456789abcdef0123456789abcdef01234567, app_unknown
          -,                -,                                        app_unknown
          """)
  void anAndroidAppIsKnownByPackageAndCertificate(String name, String cert, String denied) {
    Map<String, List<String>> headers = new HashMap<>();
    if (name != null) {
      headers.put("x-android-package", List.of(name));
    }
    if (cert != null) {
      headers.put("x-android-cert", List.of(cert));
    }
    assertThat(android("com.example.app", SHA1).allows(Facts.headers(headers)))
        .isEqualTo(denied == null ? Verdict.ALLOWED : new Verdict.Denied(denied));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          com.example.App,  -
          com.example.app,  app_not_allowed
          com.example.App2, app_not_allowed
          -,                app_unknown
          """)
  void anIosAppIsKnownByItsBundleId(String bundle, String denied) {
    Map<String, List<String>> headers =
        bundle == null ? Map.of() : Map.of("x-ios-bundle-identifier", List.of(bundle));
    assertThat(
            parsed(new IosRestrictionType(), "{'type':'ios','allow':['com.example.App']}")
                .allows(Facts.headers(headers)))
        .isEqualTo(denied == null ? Verdict.ALLOWED : new Verdict.Denied(denied));
  }

  @Test
  void aFingerprintHasOneSpelling() {
    assertThat(android("com.example.app", WITH_COLONS.toUpperCase(Locale.ROOT)).toJson())
        .isEqualTo(android("com.example.app", SHA1).toJson());
  }

  @Test
  void bothAreDeterrentsAndSaySo() {
    Restriction ios = parsed(new IosRestrictionType(), "{'type':'ios','allow':['a','b','c','d']}");
    assertThat(ios.summary()).isEqualTo("from the apps a, b, c and 1 more");
    assertThat(android("com.example.app", SHA1).summary())
        .isEqualTo("from the apps com.example.app");
    assertThat(ios.deterrent()).isTrue();
    assertThat(android("com.example.app", SHA1).deterrent()).isTrue();
    assertThat(new IosRestrictionType().deterrent()).isTrue();
    assertThat(new AndroidRestrictionType().deterrent()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'type':'android'}                                             | r.allow
          {'type':'android','allow':[]}                                  | r.allow
          {'type':'android','allow':{}}                                  | r.allow
          {'type':'android','allow':['com.example.app']}                 | r.allow[0].packageName
          {'type':'android','allow':[{'sha1Fingerprint':'00'}]}          | r.allow[0].packageName
          {'type':'android','allow':[{'packageName':'app'}]}             | r.allow[0].packageName
          {'type':'android','allow':[{'packageName':'com.example..app'}]} | r.allow[0].packageName
          {'type':'android','allow':[{'packageName':'com.example.app'}]} | r.allow[0].sha1Fingerprint
          {'type':'android','allow':[{'packageName':'com.example.app','sha1Fingerprint':'zz'}]} | r.allow[0].sha1Fingerprint
          {'type':'android','allow':[{'packageName':'com.example.app','sha256':'zz'}]} | r.allow[0].sha256
          {'type':'android','allow':[],'not':[]}                         | r.not
          {'type':'ios'}                                                 | r.allow
          {'type':'ios','allow':[]}                                      | r.allow
          {'type':'ios','allow':['']}                                    | r.allow[0]
          {'type':'ios','allow':['com.example.App','*']}                 | r.allow[1]
          {'type':'ios','allow':[{}]}                                    | r.allow[0]
          {'type':'ios','allow':['a'],'bundles':[]}                      | r.bundles
          """)
  void errorNamesTheMember(String json, String field) {
    RestrictionTypeFactory type =
        json.contains("'ios'") ? new IosRestrictionType() : new AndroidRestrictionType();
    assertThatThrownBy(() -> type.parse(tree(json), "r"))
        .isInstanceOfSatisfying(
            InvalidRestrictionException.class, e -> assertThat(e.field()).isEqualTo(field));
  }

  private static Restriction android(String name, String sha1) {
    return parsed(
        new AndroidRestrictionType(),
        "{'type':'android','allow':[{'packageName':'%s','sha1Fingerprint':'%s'}]}"
            .formatted(name, sha1));
  }

  private static Restriction parsed(RestrictionTypeFactory type, String json) {
    try {
      return type.parse(tree(json), "r");
    } catch (InvalidRestrictionException e) {
      throw new AssertionError(e.field() + " " + e.getMessage(), e);
    }
  }

  private static JsonNode tree(String singleQuoted) {
    try {
      return new ObjectMapper().readTree(singleQuoted.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new AssertionError(singleQuoted, e);
    }
  }
}
