package io.accesskeys.transfer;

import static io.accesskeys.management.Wished.assertRefused;
import static io.accesskeys.management.Wished.granted;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.ActorKind;
import io.accesskeys.key.Grant.Form;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.Label;
import io.accesskeys.key.Limits;
import io.accesskeys.key.RollSchedule;
import io.accesskeys.key.SecretHash;
import io.accesskeys.key.Usage;
import io.accesskeys.key.Validity;
import io.accesskeys.key.Validity.Revocation;
import io.accesskeys.key.Validity.Suspension;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.Restrictions;
import io.accesskeys.restriction.ip.IpRestrictionType;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of a row, whoever wrote it. */
final class RowReaderTest {

  private static final String HASH = "0123456789-_abcdefghijklmnopqrstuvwxyzABCDE";
  private static final String OTHER = "9876543210-_abcdefghijklmnopqrstuvwxyzABCDE";

  private static final TransferRow LEAST =
      Rows.of(
          Rows.json(
              """
              {'id':'0123456789abcdef','kind':'api-key','prefix':'kcak','name':'ci',
               'restrictions':[],'createdAt':'2026-01-01T00:00:00Z','createdBy':'u1','version':1,
               'secrets':[{'number':1,'algorithm':'access-keys-sha-256','hash':'%s','hint':'abcd',
                           'createdAt':'2026-01-01T00:00:00Z'}]}
              """
                  .formatted(HASH)));

  private static final TransferRow FULL =
      Rows.of(
          Rows.json(
              """
              {'id':'0123456789abcdef','kind':'personal-access-token','prefix':'kcpat',
               'owner':{'user':'u1'},'client':'orders-api','name':' ci ','description':'for ci',
               'metadata':{'team':'billing'},'classic':true,'scopes':['orders:write','orders:read'],
               'authorizationDetails':[{'type':'order'}],
               'restrictions':[{'type':'ip','allow':['203.0.113.0/24']}],
               'createdAt':'2026-01-01T00:00:00.1239Z','createdBy':'u2',
               'renewedAt':'2026-02-01T00:00:00Z','notBefore':'2026-01-02T00:00:00Z',
               'expiresAt':'2027-01-01T00:00:00Z','suspendedAt':'2026-03-01T00:00:00Z',
               'suspendedBy':'u3','suspendedByKind':'alarm','exposedAt':'2026-03-02T00:00:00Z',
               'revokedAt':'2026-03-03T00:00:00Z','revocationReason':' lost ',
               'removedAt':'2026-03-04T00:00:00Z',
               'roll':{'every':'P90D','firstAt':'2026-01-05T00:00:00Z','window':'P7D',
                       'delivery':'pickup'},
               'secrets':[{'number':2,'algorithm':'access-keys-sha-256','hash':'%s','hint':'wxyz',
                           'createdAt':'2026-02-01T00:00:00Z','lastUsedAt':'2026-02-02T00:00:00Z'},
                          {'number':1,'algorithm':'access-keys-sha-256','hash':'%s','hint':'abcd',
                           'createdAt':'2026-01-01T00:00:00Z','retiresAt':'2026-02-03T00:00:00Z',
                           'extendedAt':'2026-02-02T12:00:00Z'}],
               'usage':{'lastUsedAt':'2026-02-02T00:00:00Z','lastUsedFrom':'203.0.113.7','count':3},
               'version':9}
              """
                  .formatted(OTHER, HASH)));

  /** As if the scopes' names were their ids. */
  private static AccessKey key(RowReader reader) throws InvalidRequestException {
    return reader.key("realm-1", "owner-1", "client-1", Set.copyOf(reader.scopes()));
  }

  private static AccessKey read(TransferRow row) {
    return granted(() -> key(reader(row)));
  }

  private static RowReader reader(TransferRow row) {
    return new RowReader(row, Restrictions.of(List.of(new IpRestrictionType())));
  }

  private static void refused(TransferRow row, String field, String reason) {
    assertRefused(() -> key(reader(row)), field, reason);
  }

  private static Instant at(String text) {
    return Instant.parse(text);
  }

  @Nested
  class AKey {

    @Test
    void hasAllThatIsInTheRow() {
      AccessKey key = read(FULL);
      assertThat(key.realmId()).isEqualTo("realm-1");
      assertThat(key.ownerId()).isEqualTo("owner-1");
      assertThat(key.id()).isEqualTo("0123456789abcdef");
      assertThat(key.kind()).isEqualTo(KeyKind.PERSONAL_ACCESS_TOKEN);
      assertThat(key.prefix()).isEqualTo("kcpat");
      assertThat(key.label())
          .isEqualTo(new Label("ci", Optional.of("for ci"), Map.of("team", "billing")));
      assertThat(key.grant().clientId()).isEqualTo("client-1");
      assertThat(key.grant().form()).isEqualTo(Form.CLASSIC);
      assertThat(key.grant().scopes()).containsExactlyInAnyOrder("orders:read", "orders:write");
      assertThat(key.grant().authorizationDetails()).containsExactly(Rows.json("{'type':'order'}"));
      assertThat(key.grant().restrictions())
          .extracting(Restriction::summary)
          .containsExactly("from 203.0.113.0/24");
      assertThat(key.validity())
          .isEqualTo(
              new Validity(
                  new Validity.Creation(at("2026-01-01T00:00:00.123Z"), "u2"),
                  Optional.of(at("2026-02-01T00:00:00Z")),
                  Optional.of(at("2026-01-02T00:00:00Z")),
                  Optional.of(at("2027-01-01T00:00:00Z")),
                  Optional.of(new Suspension(at("2026-03-01T00:00:00Z"), "u3", ActorKind.ALARM)),
                  Optional.of(at("2026-03-02T00:00:00Z")),
                  Optional.of(new Revocation(at("2026-03-03T00:00:00Z"), Optional.of("lost"))),
                  Optional.of(at("2026-03-04T00:00:00Z"))));
      assertThat(key.roll())
          .hasValue(
              new RollSchedule(
                  Optional.of(Period.ofDays(90)),
                  Optional.of(at("2026-01-05T00:00:00Z")),
                  Duration.ofDays(7),
                  "pickup"));
      assertThat(key.usage())
          .isEqualTo(
              new Usage(Optional.of(at("2026-02-02T00:00:00Z")), Optional.of("203.0.113.7"), 3));
      assertThat(key.version()).isEqualTo(9);
    }

    @Test
    void hasItsSecretsTheNewestFirst() {
      assertThat(read(FULL).secrets())
          .containsExactly(
              new KeySecret(
                  2,
                  new SecretHash(SecretHash.SHA_256, OTHER),
                  "wxyz",
                  at("2026-02-01T00:00:00Z"),
                  Optional.empty(),
                  Optional.of(at("2026-02-02T00:00:00Z")),
                  Optional.empty()),
              new KeySecret(
                  1,
                  new SecretHash(SecretHash.SHA_256, HASH),
                  "abcd",
                  at("2026-01-01T00:00:00Z"),
                  Optional.of(at("2026-02-03T00:00:00Z")),
                  Optional.empty(),
                  Optional.of(at("2026-02-02T12:00:00Z"))));
    }

    @Test
    void mayHaveVeryLittle() {
      AccessKey key = read(LEAST);
      assertThat(key.label()).isEqualTo(Label.named("ci"));
      assertThat(key.grant().form()).isEqualTo(Form.FINE_GRAINED);
      assertThat(key.grant().scopes()).isEmpty();
      assertThat(key.grant().authorizationDetails()).isEmpty();
      assertThat(key.grant().restrictions()).isEmpty();
      assertThat(key.validity())
          .isEqualTo(
              Validity.between(
                  new Validity.Creation(at("2026-01-01T00:00:00Z"), "u1"),
                  Optional.empty(),
                  Optional.empty()));
      assertThat(key.roll()).isEmpty();
      assertThat(key.usage()).isEqualTo(Usage.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"personal-access-token", "api-key", "client-secret"})
    void isOfAKind(String kind) {
      assertThat(granted(() -> reader(Rows.with(LEAST, "'kind':'" + kind + "'")).kind()).wireName())
          .isEqualTo(kind);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          kind        | is not a kind of key
          id          | is no id of a key
          prefix      | is no prefix of a key
          version     | must be a positive number
          name        | is missing
          createdAt   | is missing
          createdBy   | must be the id of a user
          secrets     | must have 1 to 10 entries
          """)
  void aMemberThatEveryKeyHasMustBeThere(String member, String reason) {
    refused(Rows.without(LEAST, member), member, reason);
    refused(Rows.with(LEAST, "'" + member + "':null"), member, reason);
  }

  /** Else a key would be good anywhere because a row was cut. */
  @Test
  void restrictionsMustBeThereThoughThereMayBeNone() {
    refused(Rows.without(LEAST, "restrictions"), "restrictions", "is missing");
    refused(Rows.with(LEAST, "'restrictions':null"), "restrictions", "must be an array");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # field               | reason | what is put into the row
          id                    | is no id of a key | 'id':'short'
          id                    | is no id of a key | 'id':'0123456789abcde-'
          id                    | is no id of a key | 'id':'0123456789abcdef0'
          prefix                | is no prefix of a key | 'prefix':'No'
          prefix                | is no prefix of a key | 'prefix':''
          kind                  | is not a kind of key | 'kind':'x'
          kind                  | is not a kind of key | 'kind':'API_KEY'
          name                  | must have 1 to 120 characters | 'name':''
          name                  | must have 1 to 120 characters | 'name':'  '
          name                  | must have no control characters | 'name':'a\\u0000b'
          description           | must have no control characters | 'description':'a\\nb'
          metadata              | must have names of 1 to 40 letters, digits, dots, dashes, underscores | 'metadata':{'a b':'x'}
          metadata.a            | must have no control characters | 'metadata':{'a':'\\n'}
          scopes                | has no scope's name | 'scopes':['a b']
          scopes                | has no scope's name | 'scopes':['']
          scopes                | has no scope's name | 'scopes':['ä']
          scopes                | has no scope's name | 'scopes':['a',null]
          authorizationDetails  | must be objects with a string named type | 'authorizationDetails':[{}]
          authorizationDetails  | must be objects with a string named type | 'authorizationDetails':[{'type':7}]
          authorizationDetails  | must be objects with a string named type | 'authorizationDetails':['order']
          authorizationDetails  | must be objects with a string named type | 'authorizationDetails':[{'type':'order'},null]
          restrictions          | must be an array | 'restrictions':{}
          restrictions[0].type  | is not a known restriction; known: ip | 'restrictions':[{'type':'x'}]
          restrictions[1].type  | is not a known restriction; known: ip | 'restrictions':[{'type':'ip','allow':['::1']},7]
          createdAt             | must be an ISO-8601 instant in UTC, such as 2027-01-31T00:00:00Z | 'createdAt':'yesterday'
          createdBy             | must be the id of a user | 'createdBy':''
          renewedAt             | must be an ISO-8601 instant in UTC, such as 2027-01-31T00:00:00Z | 'renewedAt':'x'
          notBefore             | must be an ISO-8601 instant in UTC, such as 2027-01-31T00:00:00Z | 'notBefore':'x'
          expiresAt             | must be an ISO-8601 instant in UTC, such as 2027-01-31T00:00:00Z | 'expiresAt':'x'
          suspendedAt           | must be an ISO-8601 instant in UTC, such as 2027-01-31T00:00:00Z | 'suspendedAt':'x','suspendedBy':'u1'
          suspendedBy           | must be the id of a user | 'suspendedAt':'2026-01-01T00:00:00Z'
          suspendedBy           | must be the id of a user | 'suspendedAt':'2026-01-01T00:00:00Z','suspendedBy':''
          suspendedByKind       | must be one of owner, registrant, administrator, holder, schedule, alarm, transfer | 'suspendedAt':'2026-01-01T00:00:00Z','suspendedBy':'u1','suspendedByKind':'x'
          exposedAt             | must be an ISO-8601 instant in UTC, such as 2027-01-31T00:00:00Z | 'exposedAt':'x'
          revokedAt             | must be an ISO-8601 instant in UTC, such as 2027-01-31T00:00:00Z | 'revokedAt':'x'
          reason                | must have no control characters | 'revokedAt':'2026-01-01T00:00:00Z','revocationReason':'a\\nb'
          removedAt             | must be an ISO-8601 instant in UTC, such as 2027-01-31T00:00:00Z | 'removedAt':'x'
          secrets               | must have 1 to 10 entries | 'secrets':[]
          usage.count           | must not be negative | 'usage':{'count':-1}
          usage.count           | must not be negative | 'usage':{}
          usage.lastUsedAt      | must be an ISO-8601 instant in UTC, such as 2027-01-31T00:00:00Z | 'usage':{'count':1,'lastUsedAt':'x'}
          version               | must be a positive number | 'version':0
          version               | must be a positive number | 'version':-1
          """)
  void aMemberThatIsWrongIsNamed(String field, String reason, String members) {
    refused(Rows.with(LEAST, members), field, reason);
  }

  @Test
  void listsAndTextsEndSomewhere() {
    String scopes = String.join(",", Collections.nCopies(501, "'a'"));
    refused(Rows.with(LEAST, "'scopes':[" + scopes + "]"), "scopes", "has more than 500 entries");
    refused(
        Rows.with(LEAST, "'scopes':['" + "x".repeat(256) + "']"), "scopes", "has no scope's name");
    refused(
        Rows.with(LEAST, "'createdBy':'" + "x".repeat(256) + "'"),
        "createdBy",
        "must be the id of a user");
    refused(
        Rows.with(LEAST, "'usage':{'count':1,'lastUsedFrom':'" + "x".repeat(65) + "'}"),
        "usage.lastUsedFrom",
        "has more than 64 characters");
    refused(
        Rows.with(LEAST, "'name':'" + "x".repeat(121) + "'"),
        "name",
        "must have at most 120 characters");
    assertThat(
            read(Rows.with(
                    LEAST,
                    "'createdBy':'%s','scopes':['%s'],'usage':{'count':0,'lastUsedFrom':'%s'}"
                        .formatted("x".repeat(255), "y".repeat(255), "z".repeat(64))))
                .validity()
                .created()
                .by())
        .hasSize(255);
  }

  @Nested
  class Secrets {

    private static final String GOOD =
        "{'number':%d,'algorithm':'access-keys-sha-256','hash':'%s','hint':'abcd',"
            + "'createdAt':'2026-01-01T00:00:00Z'%s}";

    private static String secret(int number, String more) {
      return GOOD.formatted(number, HASH, more);
    }

    private static TransferRow row(String... secrets) {
      return Rows.with(LEAST, "'secrets':[" + String.join(",", secrets) + "]");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '"',
        textBlock =
            """
            # field      | reason | what stands there | what is put in its place
            ""           | must be an object with a number | {'number':1,                    | {
            .algorithm   | must be access-keys-sha-256, sha256 or hmac-sha256 | 'access-keys-sha-256'           | 'md5'
            .algorithm   | must be access-keys-sha-256, sha256 or hmac-sha256 | 'access-keys-sha-256'           | null
            .hash        | must be 43 characters of base64url | 'hash':'                     | 'hash':'x
            .hash        | must be 43 characters of base64url | 0123456789                   | 012345678+
            .hash        | must be 43 characters of base64url | 0123456789                   | ""
            .hash        | must be 43 characters of base64url | ABCDE                        | ABCDF
            .hint        | must be 4 letters or digits     | 'abcd'                          | 'abc'
            .hint        | must be 4 letters or digits     | 'abcd'                          | 'ab-d'
            .hint        | must be 4 letters or digits     | 'abcd'                          | null
            .createdAt   | is missing                      | '2026-01-01T00:00:00Z'          | null
            .createdAt   | must be an ISO-8601 instant in UTC, such as 2027-01-31T00:00:00Z | 2026-01-01T00:00:00Z | x
            .lastUsedAt  | must be an ISO-8601 instant in UTC, such as 2027-01-31T00:00:00Z | 'createdAt' | 'lastUsedAt':'x','createdAt'
            .extendedAt  | must be an ISO-8601 instant in UTC, such as 2027-01-31T00:00:00Z | 'createdAt' | 'extendedAt':'x','createdAt'
            .retiresAt   | must be an ISO-8601 instant in UTC, such as 2027-01-31T00:00:00Z | 'createdAt' | 'retiresAt':'x','createdAt'
            .number      | must be positive, the newest first | 'number':1                   | 'number':0
            .number      | must be positive, the newest first | 'number':1                   | 'number':-1
            .retiresAt   | must be there for all but the current secret | 'createdAt' | 'retiresAt':'2026-02-01T00:00:00Z','createdAt'
            """)
    void areNamedWhereTheyAreWrong(String field, String reason, String old, String by) {
      String good = secret(1, "");
      assertThat(good).contains(old);
      refused(row(good.replace(old, by == null ? "" : by)), "secrets[0]" + field, reason);
    }

    @Test
    void mustBeThere() {
      refused(row("null"), "secrets[0]", "must be an object with a number");
      refused(row(secret(2, ""), "null"), "secrets[1]", "must be an object with a number");
    }

    @Test
    void comeInTheOrderOfTheirNumbersAndOneIsCurrent() {
      String retiring = ",'retiresAt':'2026-02-01T00:00:00Z'";
      assertThat(read(row(secret(7, ""), secret(3, retiring))).current().number()).isEqualTo(7);
      String order = "must be positive, the newest first";
      refused(row(secret(1, ""), secret(2, retiring)), "secrets[1].number", order);
      refused(row(secret(2, ""), secret(2, retiring)), "secrets[1].number", order);
      refused(
          row(secret(2, ""), secret(1, "")),
          "secrets[1].retiresAt",
          "must be there for all but the current secret");
    }

    @Test
    void areAtMostTen() {
      String[] many = new String[11];
      for (int i = 0; i < many.length; i++) {
        many[i] = secret(20 - i, i == 0 ? "" : ",'retiresAt':'2026-02-01T00:00:00Z'");
      }
      refused(row(many), "secrets", "must have 1 to 10 entries");
      String[] fewer = Arrays.copyOf(many, 10);
      assertThat(read(row(fewer)).secrets()).hasSize(10);
    }
  }

  @Nested
  class ASchedule {

    private static TransferRow row(String roll) {
      return Rows.with(LEAST, "'roll':{" + roll + "}");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '"',
        textBlock =
            """
            roll.delivery | must be the id of a delivery | 'window':'P7D'
            roll.delivery | must be the id of a delivery | 'window':'P7D','delivery':''
            roll.delivery | must be the id of a delivery | 'window':'P7D','delivery':'Pick up'
            roll.window   | must be positive, and at most P3660D | 'delivery':'pickup','window':'PT0S'
            roll.window   | must be positive, and at most P3660D | 'delivery':'pickup','window':'-P1D'
            roll.window   | must be positive, and at most P3660D | 'delivery':'pickup','window':'P3661D'
            roll.every    | must be from P1D to P10Y | 'delivery':'pickup','window':'P7D','every':'P0D'
            roll.every    | must be from P1D to P10Y | 'delivery':'pickup','window':'P7D','every':'P11Y'
            roll.firstAt  | must be an ISO-8601 instant in UTC, such as 2027-01-31T00:00:00Z | 'delivery':'pickup','window':'P7D','firstAt':'x'
            roll.startAt  | must be an ISO-8601 instant in UTC, such as 2027-01-31T00:00:00Z | 'delivery':'pickup','window':'P7D','startAt':'x'
            roll          | has no ISO-8601 period and duration | 'delivery':'pickup'
            roll          | has no ISO-8601 period and duration | 'delivery':'pickup','window':'a week'
            roll          | has no ISO-8601 period and duration | 'delivery':'pickup','window':'P7D','every':'PT1H'
            """)
    void isNamedWhereItIsWrong(String field, String reason, String roll) {
      refused(row(roll), field, reason);
    }

    @Test
    void keepsItsCalendar() {
      String monthly = "'delivery':'self','window':'P7D','every':'P1M'";
      assertThat(read(row(monthly + ",'startAt':'2025-12-31T00:00:00Z'")).rollDue(Limits.NONE))
          .hasValue(at("2026-01-31T00:00:00Z"));
      assertThat(read(row(monthly)).rollDue(Limits.NONE)).hasValue(at("2026-02-01T00:00:00Z"));
    }

    @Test
    void mayBeOfADeliveryThatIsNotInstalledHere() {
      assertThat(read(row("'delivery':'pigeon-2','window':'P3660D'")).roll())
          .hasValue(
              new RollSchedule(
                  Optional.empty(), Optional.empty(), Duration.ofDays(3_660), "pigeon-2"));
    }
  }
}
