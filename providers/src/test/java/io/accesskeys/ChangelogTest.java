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

/**
 * A change set that was released is never edited: databases remember its checksum. Until 1.0.0 is
 * released, whoever edits its change set writes the new checksum here and makes the dump of {@code
 * UpgradeIT} again.
 */
final class ChangelogTest {

  /**
   * In order; SHA-256 of each change set, whitespace aside. A new one is added, none is changed.
   */
  private static final Map<String, String> CHANGE_SETS =
      Map.of("1.0.0", "49511655d3c5d5b7daf80cf748dfc12187cdce4130e2ca2872a0e269c35b4b6f");

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
