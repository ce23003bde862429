package io.accesskeys.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.accesskeys.key.KeyKind;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.management.KeyEdit;
import io.accesskeys.management.KeyRequest;
import io.accesskeys.management.KeyRequest.Expiry;
import io.accesskeys.management.KeyRequest.Scopes;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.Restrictions;
import io.accesskeys.restriction.ip.IpRestrictionType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonBodyTest {

  private static final Restrictions KNOWN = Restrictions.of(List.of(new IpRestrictionType()));
  private static final String FULL =
      "{'kind':'personal-access-token','name':'ci','client':'acme-api',"
          + "'scopes':['orders:read','orders:write'],'expiresAt':'2027-02-21T00:00:00Z',"
          + "'restrictions':[{'type':'ip','allow':['203.0.113.0/24']}]}";
  private static final String LEAST = "{'kind':'api-key','name':'ci','client':'acme-api'}";

  /** Stands for the secret that somebody sends in the wrong place. */
  private static final String PLANTED =
      "kcpat_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvw0wn8No";

  @Nested
  class AKeyToCreate {

    @Test
    void isReadWithAllItsMembers() throws InvalidRequestException {
      KeyRequest request = keyRequest(FULL);
      assertThat(request.kind()).isEqualTo(KeyKind.PERSONAL_ACCESS_TOKEN);
      assertThat(request.label().name()).isEqualTo("ci");
      assertThat(request.rights().client()).contains("acme-api");
      assertThat(request.rights().scopes())
          .isEqualTo(new Scopes.Named(List.of("orders:read", "orders:write")));
      assertThat(request.expiry()).isEqualTo(new Expiry.At(Instant.parse("2027-02-21T00:00:00Z")));
      assertThat(request.rights().restrictions())
          .extracting(Restriction::summary)
          .containsExactly("from 203.0.113.0/24");
    }

    @Test
    void needsKindNameAndClientOnly() throws InvalidRequestException {
      KeyRequest request = keyRequest(LEAST);
      assertThat(request.kind()).isEqualTo(KeyKind.API_KEY);
      assertThat(request.rights().scopes()).isEqualTo(new Scopes.Named(List.of()));
      assertThat(request.expiry()).isEqualTo(new Expiry.ByPolicy());
      assertThat(request.rights().restrictions()).isEmpty();
    }

    @Test
    void isNothingWithoutAKind() {
      refuses("kind", () -> keyRequest("{}"));
    }

    @Test
    void mayHaveTheMembersItsEndpointAdds() throws InvalidRequestException {
      String text = json(LEAST.replace("}", ",'owner':{'user':'u1'}}"));
      JsonBody body =
          JsonBody.of(text, List.of(KeyBody.AtCreation.class, KeyBody.Editable.class, Owned.class));
      assertThat(KeyBody.newKey(body, KNOWN).label().name()).isEqualTo("ci");
      assertThat(body.as(Owned.class).owner().user()).hasValue("u1");
      refuses("owner", () -> keyRequest(text));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '"',
        textBlock =
            """
            # replaced in the full body     | by                                   | field
            'kind':'personal-access-token', |                                      | kind
            'name':'ci',                    |                                      | name
            'personal-access-token'         | null                                 | kind
            'ci'                            | null                                 | name
            ['orders:read','orders:write']  | null                                 | scopes
            'acme-api'                      | null                                 | client
            [{'type':'ip','allow':['203.0.113.0/24']}] | null                      | restrictions
            'personal-access-token'         | 'pat'                                | kind
            'personal-access-token'         | 'PERSONAL_ACCESS_TOKEN'              | kind
            'personal-access-token'         | 1                                    | kind
            'personal-access-token'         | ['personal-access-token']            | kind
            'ci'                            | 5                                    | name
            'ci'                            | true                                 | name
            'ci'                            | {'ci':'ci'}                          | name
            'acme-api'                      | ['acme-api']                         | client
            ['orders:read','orders:write']  | 'orders:read'                        | scopes
            ['orders:read','orders:write']  | 'orders:read orders:write'           | scopes
            ['orders:read','orders:write']  | {'0':'orders:read'}                  | scopes
            ['orders:read','orders:write']  | ['orders:read',null]                 | scopes[1]
            ['orders:read','orders:write']  | [7]                                  | scopes[0]
            ['orders:read','orders:write']  | [['orders:read']]                    | scopes[0]
            ['orders:read','orders:write']  | ['a','b','a']                        | scopes[2]
            '2027-02-21T00:00:00Z'          | ''                                   | expiresAt
            '2027-02-21T00:00:00Z'          | '1969-12-31T23:59:59Z'               | expiresAt
            '2027-02-21T00:00:00Z'          | '+10000-01-01T00:00:00Z'             | expiresAt
            ['orders:read','orders:write']  | ['a','\\u0000']                      | scopes[1]
            'ci'                            | '\\ud800'                            | name
            '2027-02-21T00:00:00Z'          | 1803513600                           | expiresAt
            '2027-02-21T00:00:00Z'          | '2027-02-21'                         | expiresAt
            '2027-02-21T00:00:00Z'          | '2027-02-21T00:00:00'                | expiresAt
            '2027-02-21T00:00:00Z'          | '2027-02-30T00:00:00Z'               | expiresAt
            '2027-02-21T00:00:00Z'          | 'P30D'                               | expiresAt
            '2027-02-21T00:00:00Z'          | 'never'                              | expiresAt
            [{'type':'ip','allow':['203.0.113.0/24']}] | {}                        | restrictions
            '203.0.113.0/24'                | '203.0.113.7/24'                     | restrictions[0].allow[0]
            'type':'ip'                     | 'type':'app'                         | restrictions[0].type
            'type':'ip'                     | 'type':'ip','deny':[]                | restrictions[0].deny
            'name'                          | 'Name'                               | Name
            'name':'ci'                     | 'name':'ci','id':'x'                 | id
            'name':'ci'                     | 'name':'ci','owner':{}               | owner
            'name':'ci'                     | 'name':'ci','roll':'P90D'            | roll
            'name':'ci'                     | 'name':'ci','roll':{'every':90}      | roll.every
            'name':'ci'                     | 'name':'ci','roll':{'every':'PT1H'}  | roll.every
            'name':'ci'                     | 'name':'ci','roll':{'at':'soon'}     | roll.at
            'name':'ci'                     | 'name':'ci','roll':{'overlap':'1d'}  | roll.overlap
            'name':'ci'                     | 'name':'ci','roll':{'delivery':1}    | roll.delivery
            'name':'ci'                     | 'name':'ci','roll':{'often':true}    | roll.often
            'name':'ci'                     | 'name':'ci','notBefore':null         | notBefore
            'name':'ci'                     | 'name':'ci','description':5          | description
            'name':'ci'                     | 'name':'ci','':'x'                   | ""
            'name':'ci'                     | 'name':'ci','userId':'bob'           | userId
            'name':'ci'                     | 'name':'ci','metadata':{'a':{}}      | metadata.a
            'name':'ci'                     | 'name':'ci','metadata':[]            | metadata
            'personal-access-token'         | 'key'                                | kind
            'ci'                            | 7                                    | name
            '2027-02-21T00:00:00Z'          | 'tomorrow'                           | expiresAt
            'type':'ip'                     | 'type':'moon'                        | restrictions[0].type
            ['203.0.113.0/24']              | ['localhost']                        | restrictions[0].allow[0]
            """)
    void errorNamesTheMember(String replaced, String by, String field) {
      String text = FULL.replace(replaced, by == null ? "" : by);
      assertThat(text).as("the row changes the body").isNotEqualTo(FULL);
      refuses(field, () -> keyRequest(text));
    }
  }

  @Nested
  class AnEdit {

    @Test
    void isReadWithAllItsMembers() throws InvalidRequestException {
      KeyEdit edit =
          edit(
              "{'name':'n','description':null,'metadata':{'a':'1'},'scopes':['orders:read'],"
                  + "'authorizationDetails':[{'type':'order','actions':['read']}],"
                  + "'restrictions':[{'type':'ip','allow':['::1']}],'roll':null}");
      assertThat(edit.name()).hasValue("n");
      assertThat(edit.description()).hasValue(Optional.empty());
      assertThat(edit.metadata()).hasValue(Map.of("a", "1"));
      assertThat(edit.scopes()).hasValue(List.of("orders:read"));
      assertThat(edit.authorizationDetails().orElseThrow())
          .extracting(details -> details.path("type").asText())
          .containsExactly("order");
      assertThat(edit.restrictions().orElseThrow())
          .extracting(Restriction::summary)
          .containsExactly("from ::1");
      assertThat(edit.roll()).hasValue(Optional.empty());
    }

    @Test
    void ofNothingNamesNothing() throws InvalidRequestException {
      assertThat(edit("{}"))
          .isEqualTo(
              new KeyEdit(
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '"',
        textBlock =
            """
            name          | {'name':null}
            name          | {'name':7}
            description   | {'description':7}
            metadata      | {'metadata':[]}
            metadata.a    | {'metadata':{'a':1}}
            scopes        | {'scopes':'orders:read'}
            classic       | {'classic':true}
            client        | {'client':'acme-gateway'}
            kind          | {'kind':'api-key'}
            prefix        | {'prefix':'kcpat'}
            notBefore     | {'notBefore':'2030-01-01T00:00:00Z'}
            expiresAt     | {'expiresAt':'2030-01-01T00:00:00Z'}
            restrictions  | {'restrictions':{}}
            authorizationDetails            | {'authorizationDetails':{}}
            authorizationDetails[0]         | {'authorizationDetails':[{}]}
            authorizationDetails[0].actions | {'authorizationDetails':[{'type':'order','actions':'read'}]}
            authorizationDetails[0].identifier | {'authorizationDetails':[{'type':'order','identifier':7}]}
            """)
    void errorNamesTheMember(String field, String text) {
      refuses(field, () -> edit(text));
    }

    private static KeyEdit edit(String singleQuoted) throws InvalidRequestException {
      return KeyBody.edit(
          JsonBody.read(json(singleQuoted), KeyBody.Editable.class), Optional.empty(), KNOWN);
    }
  }

  @Nested
  class ABody {

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\r\n\t", "{}", " { } "})
    void ofNothingIsAnEmptyObject(String text) throws InvalidRequestException {
      assertThat(JsonBody.read(text, KeyBody.Roll.class).overlap()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "null",
          "true",
          "1",
          "'text'",
          "[]",
          "[{}]",
          "[{'name':'ci'}]",
          "{",
          "}",
          "{'name'}",
          "{'name':}",
          "{'name':'ci'",
          "{'name':'ci',}",
          "{,}",
          "{name:'ci'}",
          "{'name':'ci'}}",
          "{'name':'ci'} x",
          "{'name':'ci'} {'name':'ci'}",
          "{'name':'ci'}, ",
          "{'name':'ci'} null",
          "{'name':'a','name':'b'}",
          "no json",
          "{'name':'a','name':'a'}",
          "{'name':'a','n\\u0061me':'b'}",
          "{'name':{'x':1,'x':2}}",
          "{'name':[{'x':1,'x':1}]}",
          "{/* no */'name':'ci'}",
          "{'name':'ci'} // no",
          "{'name':NaN}",
          "{'name':01}",
          "{'name':'c\ni'}",
          "{'name':'\\x'}",
          "\u0000",
          "\ufeff{}",
          "name=ci&client=acme-api",
          "<name>ci</name>"
        })
    void thatIsNoJsonObjectIsRefusedAsAWhole(String text) {
      String body = json(text);
      assertThatThrownBy(() -> JsonBody.read(body, Named.class))
          .isInstanceOfSatisfying(
              InvalidRequestException.class,
              e -> {
                assertThat(e.field()).isEmpty();
                assertThat(e).hasNoCause();
                assertThat(e.getMessage())
                    .isIn("The body is not valid JSON", "The body must be a JSON object");
              });
    }

    @Test
    void inSingleQuotesIsNoJson() {
      refuses("", () -> JsonBody.read("{'name':'ci'}", Named.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"name\":", "[{\"name\":"})
    void nestedWithoutEndIsRefused(String opening) {
      int depth = 128 * 1024 / opening.length();
      refuses("", () -> JsonBody.read(opening.repeat(depth), Named.class));
      refuses("", () -> JsonBody.read("{\"name\":" + opening.repeat(900), Named.class));
    }

    @Test
    void nestedDeeplyAndClosedIsRefusedWithoutOverflow() {
      String deep = "[".repeat(30_000) + "]".repeat(30_000);
      refuses("", () -> JsonBody.read("{\"name\":" + deep + "}", Named.class));
      String bearable = "[".repeat(900) + "]".repeat(900);
      refuses("name", () -> keyRequest(LEAST.replace("'ci'", bearable)));
      refuses("restrictions[0].type", () -> keyRequest(with("restrictions", bearable)));
      refuses(
          "restrictions[0].allow[0]",
          () -> keyRequest(with("restrictions", "[{'type':'ip','allow':" + bearable + "}]")));
    }

    @Test
    void ofMoreThan128KibIsRefused() throws InvalidRequestException {
      String room = " ".repeat(128 * 1024 - 2);
      assertThat(JsonBody.read("{" + room + "}", Named.class).name()).isEmpty();
      assertThatThrownBy(() -> JsonBody.read("{ " + room + "}", Named.class))
          .isInstanceOfSatisfying(
              ProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(413));
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlaps", "Overlap", "overlap ", "", "__proto__", "secret"})
    void withAnotherMemberIsRefused(String member) {
      refuses(member, () -> JsonBody.read("{\"" + member + "\":null}", KeyBody.Roll.class));
    }
  }

  @Nested
  class ADuration {

    @ParameterizedTest
    @CsvSource({"PT24H, 86400", "P7D, 604800", "PT0S, 0", "PT1H30M, 5400", "PT-1S, -1"})
    void isReadAsIso8601(String text, long seconds) throws InvalidRequestException {
      assertThat(duration("'" + text + "'")).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "null",
          "3600",
          "true",
          "[]",
          "['PT1H']",
          "''",
          "'1h'",
          "'24'",
          "'P1M'",
          "'P1Y'",
          "'P1W'",
          "'PT'",
          "'P'",
          "'P999999999999999999999D'",
          "'P99999999999999999D'"
        })
    void inAnotherFormIsRefused(String value) {
      refuses("overlap", () -> duration(value));
    }

    private Optional<Duration> duration(String value) throws InvalidRequestException {
      return JsonBody.read(json("{'overlap':" + value + "}"), KeyBody.Roll.class).overlap();
    }
  }

  @Nested
  class ATruthValue {

    @Test
    void isWhatItSaysAndFalseIfAbsent() throws InvalidRequestException {
      assertThat(truth("{'replacePending':true}")).isTrue();
      assertThat(truth("{'replacePending':false}")).isFalse();
      assertThat(truth("{}")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "0", "'true'", "''", "[]", "{}", "[true]"})
    void inAnotherFormIsRefused(String value) {
      refuses("replacePending", () -> truth("{'replacePending':" + value + "}"));
    }

    private boolean truth(String text) throws InvalidRequestException {
      return JsonBody.read(json(text), KeyBody.Roll.class).replacePending().orElse(false);
    }
  }

  @Nested
  class ANumber {

    @ParameterizedTest
    @CsvSource({"0, 0", "12, 12", "2147483647, 2147483647"})
    void isWhole(String sent, int number) {
      assertThat(number(sent)).hasValue(number);
      assertThat(JsonBody.read("{}", Counted.class).expected()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "null",
          "-1",
          "1.0",
          "1e2",
          "2147483648",
          "'12'",
          "true",
          "[]",
          "[1]",
          "{}",
          "1e99999"
        })
    void inAnotherFormIsRefused(String value) {
      refuses("expected", () -> number(value));
    }

    private Optional<Integer> number(String value) {
      return JsonBody.read(json("{'expected':" + value + "}"), Counted.class).expected();
    }
  }

  @Nested
  class ARecordInARecord {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '"',
        textBlock =
            """
            null                          | owner
            'u1'                          | owner
            ''                            | owner
            1                             | owner
            []                            | owner
            ['u1']                        | owner
            [{'user':'u1'}]               | owner
            {'user':'u1','x':'c1'}        | owner.x
            {'x':'u1'}                    | owner.x
            {'User':'u1'}                 | owner.User
            {'user':null}                 | owner.user
            {'user':1}                    | owner.user
            {'user':{}}                   | owner.user
            {'user':['u1']}               | owner.user
            {'user':'bad'}                | owner
            """)
    void inAnotherFormIsRefused(String value, String field) {
      refuses(field, () -> JsonBody.read(json("{'owner':" + value + "}"), Owned.class));
    }

    @Test
    void thatMustBeThereIsMissed() {
      refuses("owner", () -> JsonBody.read("{}", Owned.class));
    }
  }

  @Nested
  class AText {

    @Test
    void thatCannotBeStoredIsFoundWhereverItIs() {
      refuses("a[1].b.c[0][2]", () -> parse("{'a':[{},{'b':{'c':[[1,'x','\\ud800']]}}]}"));
      refuses("[0].a", () -> parse("[{'a':'\\u0000'}]"));
      refuses("a", () -> parse("{'a':{'\\udd11':1}}"));
      refuses("", () -> parse("'\\u0000'"));
    }

    /** Of a table of names that all bodies share, it was an internal error sooner or later. */
    @Test
    void withNamesThatHaveEqualHashesFailsNobody() {
      String twins =
          names(
              IntStream.range(0, 300)
                  .mapToObj(number -> Integer.toBinaryString(512 + number).substring(1))
                  .map(bits -> bits.replace("0", "Ab").replace("1", "BA")));
      for (int count = 200; count < 4_000; count += 100) {
        refuses("a", () -> parse(twins));
        String others = names(IntStream.range(0, count).mapToObj(Integer::toString));
        refuses("a", () -> parse(others));
      }
    }

    private String names(Stream<String> names) {
      return names.collect(Collectors.joining("':1,'", "{'a':1,'", "':1}"));
    }

    private void parse(String text) throws InvalidRequestException {
      JsonBody.read(json(text), Owned.class);
    }
  }

  @Nested
  class ASecretInTheWrongPlace {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "~",
          "'~'",
          "'~",
          "['~']",
          "{'name':~}",
          "{'name':'~}",
          "{'name':'~",
          "{~:'ci'}",
          "{'~':1,'~':2}",
          "{'name':'ci'} ~",
          "{'name':'~','name':'~'}",
          "{'kind':'~'}",
          "{'kind':['~']}",
          "{'kind':'api-key','name':['~']}",
          "{'kind':'api-key','name':'~','client':{'x':'~'}}",
          "{'kind':'api-key','name':'~','client':'~','scopes':'~'}",
          "{'kind':'api-key','name':'~','client':'~','scopes':['~','~']}",
          "{'kind':'api-key','name':'~','client':'~','scopes':[{'~':1}]}",
          "{'kind':'api-key','name':'~','client':'~','expiresAt':'~'}",
          "{'kind':'api-key','name':'~','client':'~','restrictions':'~'}",
          "{'kind':'api-key','name':'~','client':'~','restrictions':['~']}",
          "{'kind':'api-key','name':'~','client':'~','restrictions':[{'type':'~'}]}",
          "{'kind':'api-key','name':'~','client':'~','restrictions':[{'type':'ip','allow':['~']}]}",
          "{'secret':'~'}"
        })
    void isNeverQuotedByTheError(String text) {
      assertThatThrownBy(() -> keyRequest(text.replace("~", PLANTED)))
          .isInstanceOfSatisfying(
              InvalidRequestException.class,
              e -> {
                assertThat(e.field()).doesNotContain(PLANTED.substring(20, 30));
                assertThat(e).hasNoCause();
                assertThat(e.toString()).doesNotContain(PLANTED.substring(20, 30));
              });
    }

    @ParameterizedTest
    @ValueSource(strings = {"'~'", "{'user':['~']}", "{'~':'~'}", "['~']"})
    void isNeverQuotedByTheErrorOfAMember(String value) {
      for (String member : List.of("owner", "overlap", "replacePending", "expiresAt")) {
        String text = json("{'" + member + "':" + value.replace("~", PLANTED) + "}");
        Class<? extends Record> type = member.equals("owner") ? Owned.class : KeyBody.Roll.class;
        assertThatThrownBy(() -> JsonBody.read(text, type))
            .isInstanceOf(InvalidRequestException.class)
            .hasNoCause()
            .hasMessageNotContaining(PLANTED.substring(20, 30))
            .extracting("field")
            .asString()
            .startsWith(member);
      }
    }
  }

  private static KeyRequest keyRequest(String singleQuoted) throws InvalidRequestException {
    return KeyBody.newKey(
        JsonBody.of(json(singleQuoted), List.of(KeyBody.AtCreation.class, KeyBody.Editable.class)),
        KNOWN);
  }

  private static String with(String member, String value) {
    return LEAST.replace("}", ",'" + member + "':" + value + "}");
  }

  private static void refuses(String field, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            InvalidRequestException.class, e -> assertThat(e.field()).isEqualTo(field));
  }

  private static String json(String singleQuoted) {
    return singleQuoted == null ? null : singleQuoted.replace('\'', '"');
  }

  record Named(Optional<String> name, Optional<String> client) {}

  record Counted(Optional<Integer> expected) {}

  record Owned(Owner owner) {}

  record Owner(Optional<String> user, Optional<String> client) {

    Owner {
      if (user.equals(Optional.of("bad"))) {
        throw new InvalidRequestException("", "is bad");
      }
    }
  }
}
