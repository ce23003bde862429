package io.accesskeys.signin.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.accesskeys.restriction.InvalidRestrictionException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From what an administrator wrote to what becomes of a sign-in. */
final class AddressRulesTest {

  /** There is the attribute {@code from} with these values, of whatever is asked. */
  private static Attributes having(String... values) {
    return (source, name) -> name.equals("from") ? List.of(values) : List.of();
  }

  /** Settings {@code a=b; c=d}. */
  private static Map<String, String> settings(String text) {
    Map<String, String> settings = new HashMap<>();
    if (text != null) {
      for (String setting : text.split(";", -1)) {
        String[] pair = setting.strip().split("=", 2);
        settings.put(pair[0], pair[1]);
      }
    }
    return settings;
  }

  @Nested
  class TheRestriction {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            # settings                                        | address          | place
            allow=203.0.113.0/24                              | 203.0.113.7      | INSIDE
            allow=203.0.113.0/24                              | 203.0.114.7      | OUTSIDE
            allow=203.0.113.0/24                              | ::ffff:cb00:7107 | INSIDE
            allow=203.0.113.0/24                              | 2001:db8::1      | OUTSIDE
            allow=203.0.113.7                                 | 203.0.113.7      | INSIDE
            allow=203.0.113.7                                 | 203.0.113.8      | OUTSIDE
            allow=2001:db8::/32                               | 2001:db8:0:0:0:0:0:1 | INSIDE
            allow=2001:db8::/32                               | 2001:db9::1      | OUTSIDE
            allow=2001:db8::/32                               | 203.0.113.7      | OUTSIDE
            allow=203.0.113.0/24##2001:db8::/32               | 2001:db8::1      | INSIDE
            allow=203.0.113.0/24##198.51.100.0/24             | 198.51.100.255   | INSIDE
            allow=203.0.113.0/24, 198.51.100.0/24             | 198.51.100.0     | INSIDE
            allow=##203.0.113.0/24##                          | 203.0.113.7      | INSIDE
            allow=0.0.0.0/0                                   | 203.0.113.7      | INSIDE
            allow=0.0.0.0/0                                   | 2001:db8::1      | OUTSIDE
            allow=203.0.113.0/24; deny=203.0.113.7            | 203.0.113.7      | OUTSIDE
            allow=203.0.113.0/24; deny=203.0.113.7            | 203.0.113.8      | INSIDE
            allow=203.0.113.0/24; deny=203.0.113.7            | 198.51.100.1     | OUTSIDE
            allow=203.0.113.7; deny=203.0.113.0/24            | 203.0.113.7      | OUTSIDE
            allow=203.0.113.7; deny=203.0.113.7               | 203.0.113.7      | OUTSIDE
            deny=203.0.113.0/24                               | 203.0.113.7      | OUTSIDE
            deny=203.0.113.0/24                               | 198.51.100.1     | INSIDE
            deny=203.0.113.0/24                               | 2001:db8::1      | INSIDE
            deny=0.0.0.0/0##::/0                              | 198.51.100.1     | OUTSIDE
            allow=; deny=203.0.113.0/24                       | 198.51.100.1     | INSIDE
            allow=203.0.113.0/24; source=none                 | 203.0.113.7      | INSIDE
            allow=203.0.113.0/24; source=; allow-attribute=   | 203.0.113.7      | INSIDE
            allow=203.0.113.0/24; default.reference.value=ip  | 203.0.113.7      | INSIDE
            allow=203.0.113.0/24                              |                  | UNKNOWN
            allow=203.0.113.0/24                              | unknown          | UNKNOWN
            allow=203.0.113.0/24                              | 203.0.113.7:80   | UNKNOWN
            allow=203.0.113.0/24                              | [2001:db8::1]    | UNKNOWN
            allow=203.0.113.0/24                              | 203.0.113        | UNKNOWN
            deny=203.0.113.0/24                               | localhost        | UNKNOWN
            deny=203.0.113.0/24                               | 0203.0.113.7     | UNKNOWN
            deny=203.0.113.0/24                               | ' 203.0.113.7'   | UNKNOWN
            """)
    void saysWhereAnAddressIs(String settings, String address, AddressRules.Place place)
        throws InvalidRestrictionException {
      AddressRules rules = AddressRules.ofRestriction(settings(settings), having());
      assertThat(rules.placeOf(Optional.ofNullable(address))).isEqualTo(place);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            # settings                                          | value of "from"             | address      | place
            source=user; allow-attribute=from                   | 203.0.113.7                 | 203.0.113.7  | INSIDE
            source=user; allow-attribute=from                   | 203.0.113.7                 | 203.0.113.8  | OUTSIDE
            source=user; allow-attribute=from                   | 203.0.113.7                 |              | UNKNOWN
            source=group; allow-attribute=from                  | 203.0.113.7##198.51.100.0/24 | 198.51.100.1 | INSIDE
            source=client; allow-attribute=from                 | 203.0.113.7, 198.51.100.0/24 | 198.51.100.1 | INSIDE
            source=realm; deny-attribute=from                   | 203.0.113.7                 | 203.0.113.7  | OUTSIDE
            source=realm; deny-attribute=from                   | 203.0.113.7                 | 203.0.113.8  | INSIDE
            source=user; allow=10.0.0.0/8; allow-attribute=from | 203.0.113.7                 | 203.0.113.7  | INSIDE
            source=user; allow=10.0.0.0/8; allow-attribute=from | 203.0.113.7                 | 10.9.9.9     | INSIDE
            source=user; allow=10.0.0.0/8; allow-attribute=from | none                        | 10.9.9.9     | INSIDE
            source=user; allow=10.0.0.0/8; allow-attribute=from | none                        | 203.0.113.7  | OUTSIDE
            source=user; allow=10.0.0.0/8; deny-attribute=from  | 10.1.0.0/16                 | 10.1.0.1     | OUTSIDE
            source=user; allow=10.0.0.0/8; deny-attribute=from  | 10.1.0.0/16                 | 10.2.0.1     | INSIDE
            source=user; allow=10.0.0.0/8; deny-attribute=from  | none                        | 10.2.0.1     | INSIDE
            source=user; deny=10.0.0.0/8; deny-attribute=from   | 203.0.113.7                 | 10.2.0.1     | OUTSIDE
            """)
    void addsWhatAnAttributeLists(
        String settings, String value, String address, AddressRules.Place place)
        throws InvalidRestrictionException {
      AddressRules rules = AddressRules.ofRestriction(settings(settings), having(value));
      assertThat(rules.placeOf(Optional.ofNullable(address))).isEqualTo(place);
    }

    @Test
    void readsEveryValueOfAnAttribute() throws InvalidRestrictionException {
      AddressRules rules =
          AddressRules.ofRestriction(
              settings("source=user; allow-attribute=from"),
              having("203.0.113.7", "198.51.100.0/24,2001:db8::/32", ""));
      assertThat(
              List.of("203.0.113.7", "198.51.100.9", "2001:db8::9").stream()
                  .map(Optional::of)
                  .map(rules::placeOf))
          .containsOnly(AddressRules.Place.INSIDE);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            # settings                                      | what is wrong
                                                            | allow is empty, and so is deny
            allow=; deny=                                   | allow is empty, and so is deny
            allow=##; deny=,                                | allow is empty, and so is deny
            source=none                                     | allow is empty, and so is deny
            allow=203.0.113.0/33                            | allow[0] "203.0.113.0/33", which is no literal
            allow=203.0.113.7/24                            | allow[0] "203.0.113.7/24", which is no literal
            allow=10.0.0.0/8##203.0.113                     | allow[1] "203.0.113", which is no literal
            allow=10.0.0.0/8##office.example.com            | allow[1] "office.example.com", which is no literal
            allow=10.0.0.0/8; deny=1.2.3.4##1.2.3           | deny[1] "1.2.3", which is no literal
            allow=none                                      | allow[0] "none", which is no literal
            allow=10.0.0.0/8 192.168.0.0/16                 | allow[0] "10.0.0.0/8 192.168.0.0/16", which is no literal
            allow=10.0.0.0/8; Deny=1.2.3.4                  | Deny is not a setting
            allow=10.0.0.0/8; addresses=1.2.3.4             | addresses is not a setting
            allow=10.0.0.0/8; source=role                   | source role is not a source
            allow=10.0.0.0/8; source=USER                   | source USER is not a source
            allow=10.0.0.0/8; source=user                   | source is user, but no attribute is named
            allow=10.0.0.0/8; allow-attribute=from          | allow-attribute names an attribute, but source does not say whose
            allow=10.0.0.0/8; deny-attribute=from; source=none | deny-attribute names an attribute, but source does not say whose
            source=user; allow-attribute=form               | allow-attribute form of the user is missing or empty
            allow=10.0.0.0/8; source=group; deny-attribute=form | deny-attribute form of the group is missing or empty
            source=realm; allow-attribute=from              | allow-attribute from of the realm has "203.0.113", which is no literal
            source=realm; deny-attribute=from               | deny-attribute from of the realm has "203.0.113", which is no literal
            """)
    void saysWhichSettingCannotBeRead(String settings, String wrong) {
      assertWrong(settings, wrong, having("10.0.0.0/8, 203.0.113"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "##", " , "})
    void takesAnEmptyAttributeForAMissingOne(String value) {
      assertWrong(
          "source=user; allow-attribute=from",
          "allow-attribute from of the user is missing or empty",
          having(value));
    }

    @Test
    void anAttributeThatAllowsNothingIsNoLeaveForEverybody() {
      assertWrong(
          "source=user; allow-attribute=from; deny=10.0.0.0/8",
          "allow lists no address",
          having("none"));
    }

    @Test
    void noneAmongOtherEntriesIsATypingError() {
      assertWrong(
          "source=user; allow-attribute=from",
          "allow-attribute from of the user has \"none\", which is no literal",
          having("none", "10.0.0.0/8"));
    }

    @Test
    void countsTheEntriesOfSettingAndAttributeTogether() throws InvalidRestrictionException {
      String hundred = addresses(0, 100);
      String settings = "source=user; allow-attribute=from; allow=" + hundred;
      assertThat(AddressRules.ofRestriction(settings(settings), having(addresses(100, 200))))
          .isNotNull();
      assertWrong(settings, "allow has more than 200 entries", having(addresses(100, 201)));
    }

    @Test
    void showsNoMoreOfAWrongEntryThanALogCanTake() {
      assertWrong(
          "source=user; allow-attribute=from",
          "allow-attribute from of the user has \"1.2.3.4??WARN " + "x".repeat(46) + "…\"",
          having("1.2.3.4\r\nWARN " + "x".repeat(1000)));
    }

    @Test
    void passesOnWhyNobodyCanSayWhoseAttributeItIs() {
      InvalidRestrictionException nobody = new InvalidRestrictionException("source", "is user");
      assertThatThrownBy(
              () ->
                  AddressRules.ofRestriction(
                      settings("source=user; allow-attribute=from"),
                      (source, name) -> {
                        throw nobody;
                      }))
          .isSameAs(nobody);
    }

    private static String addresses(int from, int to) {
      return IntStream.range(from, to)
          .mapToObj(i -> "10.0." + i / 100 + "." + i % 100)
          .collect(Collectors.joining(","));
    }

    private static void assertWrong(String settings, String wrong, Attributes attributes) {
      assertThatThrownBy(() -> AddressRules.ofRestriction(settings(settings), attributes))
          .isInstanceOfSatisfying(
              InvalidRestrictionException.class,
              e -> assertThat(e.field() + " " + e.getMessage()).startsWith(wrong));
    }
  }

  @Nested
  class TheCondition {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            # settings                                             | address      | place
            addresses=10.0.0.0/8                                   | 10.1.2.3     | INSIDE
            addresses=10.0.0.0/8                                   | 203.0.113.7  | OUTSIDE
            addresses=10.0.0.0/8                                   |              | UNKNOWN
            addresses=10.0.0.0/8; negate=false                     | 10.1.2.3     | INSIDE
            addresses=10.0.0.0/8; negate=                          | 10.1.2.3     | INSIDE
            addresses=10.0.0.0/8; negate=true                      | 10.1.2.3     | OUTSIDE
            addresses=10.0.0.0/8; negate=true                      | 203.0.113.7  | INSIDE
            addresses=10.0.0.0/8; negate=true                      | 2001:db8::1  | INSIDE
            addresses=10.0.0.0/8; negate=true                      |              | UNKNOWN
            addresses=10.0.0.0/8; negate=true                      | unknown      | UNKNOWN
            source=user; addresses-attribute=from                  | 203.0.113.7  | INSIDE
            source=user; addresses-attribute=from; negate=true     | 203.0.113.7  | OUTSIDE
            addresses=10.0.0.0/8; source=user; addresses-attribute=from | 10.1.2.3 | INSIDE
            """)
    void saysWhetherItIsTrue(String settings, String address, AddressRules.Place place)
        throws InvalidRestrictionException {
      AddressRules rules = AddressRules.ofCondition(settings(settings), having("203.0.113.7"));
      assertThat(rules.placeOf(Optional.ofNullable(address))).isEqualTo(place);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            # settings                             | what is wrong
                                                   | addresses lists no address
            negate=true                            | addresses lists no address
            addresses=10.0.0.0/8##10.0.0           | addresses[1] "10.0.0", which is no literal
            addresses=10.0.0.0/8; negate=yes       | negate must be true or false
            addresses=10.0.0.0/8; negate=True      | negate must be true or false
            addresses=10.0.0.0/8; allow=10.0.0.1   | allow is not a setting
            addresses=10.0.0.0/8; source=user      | source is user, but no attribute is named
            source=user; addresses-attribute=form  | addresses-attribute form of the user is missing or empty
            source=user; addresses-attribute=from  | addresses lists no address
            """)
    void saysWhichSettingCannotBeRead(String settings, String wrong) {
      assertThatThrownBy(() -> AddressRules.ofCondition(settings(settings), having("none")))
          .isInstanceOfSatisfying(
              InvalidRestrictionException.class,
              e -> assertThat(e.field() + " " + e.getMessage()).startsWith(wrong));
    }
  }

  @Test
  void theWordsForSourcesNeverChange() {
    assertThat(List.of(Attributes.Source.values()).stream().map(Attributes.Source::word))
        .containsExactly("realm", "client", "group", "user");
  }
}
