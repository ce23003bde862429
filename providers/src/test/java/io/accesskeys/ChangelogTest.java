package io.accesskeys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A change set that was released is never edited: databases remember its checksum. */
final class ChangelogTest {

  /**
   * In order; SHA-256 of each change set, whitespace aside. A new one is added, none is changed.
   */
  private static final Map<String, String> CHANGE_SETS =
      Map.of(
          "1.0.0-keys",
          "4e0818cb33c5ef59a6b4ddecb4b88041e7bb0be100edc8f8d4147b32ac49ac8d",
          "1.1.0-lifecycle",
          "85231a9473487b823fe79092e897255b7e7d3f9cb0605ca9989c2864414ac27f",
          "1.1.0-mail",
          "4504f1d4d7a6ccba4573e29cd15d25da43ddcea2f7fc0c3c665b7d3a99b1632b",
          "1.1.0-any-character",
          "e354ae475bd300b2165011b4958bcc3e4a0a24a0283c4a46c889f348db9e6a67",
          "1.2.0-rolling",
          "d23114b407db7aaae8f0a46165548471dcb278827ddb88fe1593dc472a7c4ab2");

  private static final Pattern CHANGE_SET = Pattern.compile("(?s)<changeSet\\b.*?</changeSet>");
  private static final Pattern ID = Pattern.compile("<changeSet [^>]*\\bid=\"([^\"]+)\"");
  private static final String CHANGELOG =
      MainSources.read(MainSources.RESOURCES.resolve("META-INF/access-keys-changelog.xml"));

  @Test
  void changeSetsAreTheKnownOnesAndUnchanged() {
    Map<String, String> found = new LinkedHashMap<>();
    CHANGE_SET
        .matcher(CHANGELOG)
        .results()
        .map(MatchResult::group)
        .forEach(changeSet -> assertThat(found.put(id(changeSet), hash(changeSet))).isNull());
    assertThat(found).containsExactlyInAnyOrderEntriesOf(CHANGE_SETS);
  }

  @Test
  void everyChangeSetIsSeen() {
    assertThat(CHANGE_SET.matcher(CHANGELOG).results())
        .hasSize(CHANGELOG.split("<changeSet\\b", -1).length - 1)
        .hasSize(CHANGE_SETS.size());
    assertThat(CHANGELOG).doesNotContain("<include");
  }

  @Test
  void layoutIsNoChangeButContentIs() {
    String changeSet = "<changeSet id=\"x\">\n  <sql>a b</sql>\n</changeSet>";
    assertThat(hash("<changeSet  id=\"x\"><sql>a\tb</sql>\r\n</changeSet>"))
        .isEqualTo(hash(changeSet));
    assertThat(hash(changeSet.replace("a b", "ab"))).isNotEqualTo(hash(changeSet));
  }

  private static String id(String changeSet) {
    return ID.matcher(changeSet).results().findFirst().orElseThrow().group(1);
  }

  private static String hash(String changeSet) {
    String normal = changeSet.replaceAll("\\s+", " ").replace("> <", "><");
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(normal.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
