package io.accesskeys.key;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.accesskeys.SeededRandom;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyTextTest {

  private static final String ID = "0123456789ABCDEF";
  private static final String SECRET = "GHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvw";

  /** Checksum by Python's {@code zlib.crc32}: 868737788 in base 62. */
  private static final String GOLDEN = "kcpat_" + ID + SECRET + "0wn8No";

  private static final String LONGEST_PREFIX = "a_b_c_d_e_f_g_h_i_j_k_lm";
  private static final List<String> PREFIXES =
      List.of("kcpat", "kcak", "kccs", "acme_live", "acme_test", "ab", "00", LONGEST_PREFIX);

  @Nested
  class AKeyKnownByHeart {

    @ParameterizedTest
    @CsvSource({
      "kcpat, 0wn8No",
      "kcak, 1XZetc",
      "acme_live, 0jKF0P",
      "ab, 3fJ4SO",
      "a_b_c_d_e_f_g_h_i_j_k_lm, 3r8cqE"
    })
    void checksumIsThatOfAnotherImplementation(String prefix, String checksum) {
      String golden = prefix + '_' + ID + SECRET + checksum;
      assertThat(KeyText.parse(golden))
          .hasValueSatisfying(
              text -> {
                assertThat(text.prefix()).isEqualTo(prefix);
                assertThat(text.id()).isEqualTo(ID);
                assertThat(text.hash()).isEqualTo(SecretHash.of(SECRET));
                assertThat(text.reveal()).isEqualTo(golden);
                assertThat(text.hint()).isEqualTo(checksum.substring(2));
              });
    }

    @Test
    void checksumIsPaddedWithZeros() {
      // CRC-32 52031: three digits.
      String golden = "kcpat_KOz7AXlYSkpWt5VLa7K6n6ZFVFVyL2Art30RhLJZdylFrM9hxnltwm4exCn000DXD";
      assertThat(KeyText.parse(golden).map(KeyText::reveal)).contains(golden);
      refused(golden.replace("000DXD", "DXD"));
    }

    @Test
    void generationDrawsTheIdThenTheSecret() {
      assertThat(KeyText.generate("kcpat", new CountingRandom()).reveal()).isEqualTo(GOLDEN);
    }

    @Test
    void newSecretForAKnownIdDrawsTheSecretOnly() {
      KeyText text = KeyText.generate("kcpat", "AAAABBBBCCCCDDDD", new CountingRandom());
      assertThat(text.id()).isEqualTo("AAAABBBBCCCCDDDD");
      assertThat(text.hash())
          .isEqualTo(SecretHash.of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg"));
    }
  }

  @Tag("many")
  @Nested
  class AMillionGeneratedKeys {

    private static final int KEYS = 1_000_000;
    private static final long SEED = 20_270_101L;

    @Test
    void roundTripWithDistinctIdsAndEvenDigits() {
      SecureRandom random = new SeededRandom(SEED);
      Set<String> ids = new HashSet<>(2 * KEYS);
      int[] drawn = new int['z' + 1];
      for (int i = 0; i < KEYS; i++) {
        String prefix = PREFIXES.get(i % PREFIXES.size());
        KeyText made = KeyText.generate(prefix, random);
        String text = made.reveal();
        KeyText read = KeyText.parse(text).orElseThrow(() -> new AssertionError(text));
        boolean same =
            read.prefix().equals(prefix)
                && read.id().equals(made.id())
                && text.equals(read.reveal())
                && text.length() == prefix.length() + 1 + 65
                && text.lastIndexOf('_') == prefix.length();
        if (!same || !ids.add(read.id())) {
          throw new AssertionError("Key " + i + " of seed " + SEED + ": " + text);
        }
        text.chars().skip(prefix.length() + 1).limit(59).forEach(c -> drawn[c]++);
      }
      int expected = KEYS * 59 / 62;
      for (char digit : Base62.ALPHABET.toCharArray()) {
        assertThat(drawn[digit])
            .as("drawn %s", digit)
            .isBetween(99 * expected / 100, 101 * expected / 100);
      }
    }

    @Test
    void realRandomnessGivesKeysThatRoundTripToo() {
      SecureRandom random = new SecureRandom();
      Set<KeyText> distinct = new HashSet<>();
      for (int i = 0; i < 10_000; i++) {
        KeyText made = KeyText.generate("kcpat", random);
        assertThat(made.reveal()).matches("kcpat_[0-9A-Za-z]{65}");
        assertThat(KeyText.parse(made.reveal())).contains(made);
        distinct.add(made);
      }
      assertThat(distinct).hasSize(10_000);
    }
  }

  @Nested
  class AChangedKey {

    private static final long SEED = 7L;
    private static final String FOREIGN = "_- .:é０\u017f\u212a\u0000\n\ud83d";

    @Test
    void everySingleCharacterChangeIsRefused() {
      forKeys(
          3_000,
          text -> {
            for (int at = 0; at < text.length(); at++) {
              char c = text.charAt(at);
              replaced(text, at, flippedCase(c));
              replaced(text, at, c == '9' ? '0' : (char) (c + 1));
              replaced(text, at, c == 'a' ? 'z' : 'a');
              replaced(text, at, c == '0' ? 'Z' : '0');
              for (int i = 0; i < FOREIGN.length(); i++) {
                replaced(text, at, FOREIGN.charAt(i));
              }
            }
          });
    }

    @Test
    void noCharacterAtAllCanTakeThePlaceOfAnother() {
      for (String prefix : PREFIXES) {
        String text = KeyText.generate(prefix, new SeededRandom(SEED)).reveal();
        for (int at = 0; at < text.length(); at++) {
          for (char c = 0; c < 0x300; c++) {
            replaced(text, at, c);
          }
        }
      }
    }

    @Test
    void everyDeletionIsRefused() {
      forKeys(
          3_000,
          text -> {
            for (int at = 0; at < text.length(); at++) {
              refused(text.substring(0, at) + text.substring(at + 1));
              refused(text.substring(0, at));
              refused(text.substring(at + 1));
            }
          });
    }

    @Test
    void everyInsertionIsRefused() {
      forKeys(
          1_000,
          text -> {
            for (int at = 0; at <= text.length(); at++) {
              for (char c : ("0aZ" + FOREIGN).toCharArray()) {
                refused(text.substring(0, at) + c + text.substring(at));
              }
            }
          });
    }

    @Test
    void everyTranspositionIsRefused() {
      SplittableRandom random = new SplittableRandom(SEED);
      forKeys(
          3_000,
          text -> {
            for (int at = 0; at < text.length() - 1; at++) {
              swapped(text, at, at + 1);
              swapped(text, at, random.nextInt(text.length()));
            }
          });
    }

    @Test
    void anotherPrefixIsRefused() {
      refused(GOLDEN.replace("kcpat", "kcak"));
      refused(GOLDEN.replace("kcpat", "acme_kcpat"));
      refused("x_" + GOLDEN);
    }

    @Test
    void whitespaceAroundItIsRefused() {
      Stream.of(" ", "\n", "\t", "\r\n", "\u00a0", "\u200b", "\ufeff", "\"")
          .forEach(
              space -> {
                refused(space + GOLDEN);
                refused(GOLDEN + space);
              });
    }

    private void replaced(String text, int at, char c) {
      if (text.charAt(at) != c) {
        refused(text.substring(0, at) + c + text.substring(at + 1));
      }
    }

    private void swapped(String text, int one, int other) {
      if (text.charAt(one) != text.charAt(other)) {
        StringBuilder swapped = new StringBuilder(text);
        swapped.setCharAt(one, text.charAt(other));
        swapped.setCharAt(other, text.charAt(one));
        refused(swapped.toString());
      }
    }

    private char flippedCase(char c) {
      return Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c);
    }

    private void forKeys(int count, Consumer<String> check) {
      SecureRandom random = new SeededRandom(SEED);
      for (int i = 0; i < count; i++) {
        check.accept(KeyText.generate(PREFIXES.get(i % PREFIXES.size()), random).reveal());
      }
    }
  }

  @Nested
  class AnyTextAtAll {

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
        strings = {
          "_",
          "__________________________________________________________________________",
          "kcpat",
          "kcpat_",
          "secret-token:",
          "secret-token:_",
          "a_",
          "\u0000",
          "Bearer kcpat_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvw0wn8No",
          "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvw0wn8No",
          "_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvw0wn8No",
          "eyJhbGciOiJIUzI1NiJ9.e30.ZRrHA1JJJW8opsbCGfG_HACGpVUMN_a9IV7pAx_Zmeo"
        })
    void thatIsNoKeyIsRefused(String text) {
      refused(text);
    }

    @Test
    void ofAMegabyteIsRefused() {
      String megabyte = "a".repeat(1 << 20);
      Stream.of(
              megabyte,
              "_".repeat(1 << 20),
              "\u0000".repeat(1 << 20),
              "secret-token:".repeat(1 << 16),
              GOLDEN + megabyte,
              megabyte + GOLDEN,
              megabyte + '_' + GOLDEN)
          .forEach(KeyTextTest::refused);
    }

    @Test
    void ofOneCharacterRepeatedIsRefused() {
      for (int length = 0; length < 120; length++) {
        for (char c : "_a0A\u0000é-".toCharArray()) {
          refused(String.valueOf(c).repeat(length));
        }
      }
    }

    @Test
    void drawnAtRandomIsRefusedAndNeverThrows() {
      long seed = SeededRandom.seed();
      SplittableRandom random = new SplittableRandom(seed);
      for (int i = 0; i < 300_000; i++) {
        StringBuilder text = new StringBuilder(i % 2 == 0 ? "" : "kcpat_");
        int length = random.nextInt(130);
        while (text.length() < length) {
          text.append(
              switch (random.nextInt(4)) {
                case 0 -> (char) random.nextInt(0x10000);
                case 1 -> (char) random.nextInt(0x20);
                case 2 -> '_';
                default -> Base62.ALPHABET.charAt(random.nextInt(62));
              });
        }
        refusedOf(seed, text.toString());
      }
    }

    @Test
    void thatWasAKeyBeforeSomeEditsIsRefusedAndNeverThrows() {
      long seed = SeededRandom.seed();
      SplittableRandom random = new SplittableRandom(seed);
      for (int i = 0; i < 300_000; i++) {
        StringBuilder text = new StringBuilder(i % 2 == 0 ? GOLDEN : "secret-token:" + GOLDEN);
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
          int at = random.nextInt(text.length());
          switch (random.nextInt(3)) {
            case 0 -> text.deleteCharAt(at);
            case 1 -> text.insert(at, (char) random.nextInt(0x10000));
            default -> text.setCharAt(at, (char) random.nextInt(0x80));
          }
        }
        if (!text.toString().endsWith(GOLDEN) && !GOLDEN.contentEquals(text)) {
          refusedOf(seed, text.toString());
        }
      }
    }

    private void refusedOf(long seed, String text) {
      try {
        refused(text);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("-Dseed=" + seed + ": " + escaped(text), e);
      }
    }
  }

  @Nested
  class TheSecretTokenScheme {

    @Test
    void inFrontIsAccepted() {
      KeyText bare = KeyText.parse(GOLDEN).orElseThrow();
      assertThat(KeyText.parse("secret-token:" + GOLDEN)).contains(bare);
    }

    @Test
    void inFrontOfTheLongestKeyIsAccepted() {
      String longest = KeyText.generate(LONGEST_PREFIX, new SeededRandom(1)).reveal();
      assertThat(longest).hasSize(24 + 1 + 65);
      assertThat(KeyText.parse("secret-token:" + longest).map(KeyText::reveal)).contains(longest);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "secret-token:secret-token:",
          "secret-token: ",
          "secret-token:%",
          "secret-token",
          "secret-token:/",
          " secret-token:",
          "SECRET-TOKEN:",
          "token:"
        })
    void inAnotherFormIsRefused(String scheme) {
      refused(scheme + GOLDEN);
    }

    @Test
    void behindOrInsideIsRefused() {
      refused(GOLDEN + "secret-token:");
      refused("kcpat_secret-token:" + GOLDEN.substring("kcpat_".length()));
    }
  }

  @Nested
  class APrefix {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "kcak",
          "kcpat",
          "kccs",
          "acme_live",
          "acme_test",
          "ab",
          "00",
          "a_b",
          "1_2_3",
          "abcdefghijklmnopqrstuvwx",
          "a_b_c_d_e_f_g_h_i_j_k_lm"
        })
    void thatIsLegalMakesKeys(String prefix) {
      assertThat(KeyText.isPrefix(prefix)).isTrue();
      KeyText text = KeyText.generate(prefix, new SeededRandom(2));
      assertThat(KeyText.parse(text.reveal()).map(KeyText::prefix)).contains(prefix);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
        strings = {
          "a",
          "_",
          "__",
          "_a",
          "a_",
          "_ab",
          "ab_",
          "a__b",
          "Kcpat",
          "kcpaT",
          "kc-pat",
          "kc.pat",
          "kc pat",
          " kcpat",
          "kcpat\n",
          "kcpät",
          "kcpa０",
          "kcpat:",
          "`a",
          "{a",
          "/a",
          "abcdefghijklmnopqrstuvwxy",
          "a_b_c_d_e_f_g_h_i_j_k_lmn"
        })
    void thatIsIllegalMakesNone(String prefix) {
      assertThat(KeyText.isPrefix(prefix)).isFalse();
      assertThatThrownBy(() -> KeyText.generate(prefix, new SeededRandom(2)))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @MethodSource("io.accesskeys.key.KeyTextTest#keysWithIllegalPrefix")
    void thatIsIllegalIsRefusedEvenWithTheRightChecksum(String text) {
      refused(text);
    }
  }

  /** Checksums by Python's {@code zlib.crc32}. */
  static Stream<String> keysWithIllegalPrefix() {
    return Stream.of(
            "a_~0Ksb6s",
            "a__~3gjGw9",
            "_ab_~2qX1Ye",
            "ab__~1Zk6St",
            "a__b_~42yCwY",
            "Kcpat_~4U8fG2",
            "kc-pat_~26QhzG",
            "kc pat_~0G1lok",
            "abcdefghijklmnopqrstuvwxy_~3aZ3tX",
            "_~34cAhp")
        .map(start -> start.replace("~", ID + SECRET));
  }

  @Nested
  class ATextOfAnotherShape {

    @Test
    void isRefusedEvenWithTheRightChecksum() {
      for (String start : List.of("kcpat", "kcpat-", "kcpat:", "kcpata", "kcpat__", "kcpaté")) {
        refused(withChecksum(start + ID + SECRET));
      }
      for (String digits : List.of(ID, SECRET, ID + SECRET + "0", (ID + SECRET).substring(1))) {
        refused(withChecksum("kcpat_" + digits));
      }
      assertThat(withChecksum("kcpat_" + ID + SECRET)).isEqualTo(GOLDEN);
    }

    @Test
    void hasADigitThatIsNone() {
      for (char c = 0; c < Character.MAX_VALUE; c++) {
        if (Base62.ALPHABET.indexOf(c) < 0) {
          for (int at : new int[] {0, 15, 16, 58}) {
            StringBuilder digits = new StringBuilder(ID + SECRET);
            digits.setCharAt(at, c);
            refused(withChecksum("kcpat_" + digits));
          }
        }
      }
    }

    @Test
    void hasAPrefixWithALetterThatIsNone() {
      String letters = "0123456789abcdefghijklmnopqrstuvwxyz";
      for (char c = 0; c < Character.MAX_VALUE; c++) {
        boolean letter = letters.indexOf(c) >= 0;
        assertThat(KeyText.isPrefix("a" + c)).isEqualTo(letter);
        if (!letter && c != '_') {
          refused(withChecksum("ab" + c + "cd_" + ID + SECRET));
        }
      }
    }

    private String withChecksum(String unchecked) {
      CRC32 crc = new CRC32();
      crc.update(unchecked.getBytes(US_ASCII));
      StringBuilder checksum = new StringBuilder();
      for (long rest = crc.getValue(); checksum.length() < 6; rest /= 62) {
        checksum.insert(0, Base62.ALPHABET.charAt((int) (rest % 62)));
      }
      return unchecked + checksum;
    }
  }

  @Nested
  class AnId {

    @ParameterizedTest
    @ValueSource(strings = {ID, "zzzzzzzzzzzzzzzz", "0000000000000000"})
    void hasSixteenDigits(String id) {
      assertThat(KeyText.isId(id)).isTrue();
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
        strings = {
          "0123456789ABCDE",
          "0123456789ABCDEF0",
          "0123456789ABCDE_",
          "0123456789ABCDEF\n",
          "0123456789ABCDE\n",
          "0123456789ABCDÉF",
          "0123456789ABCDE０",
          " 123456789ABCDEF"
        })
    void ofAnotherShapeIsNone(String id) {
      assertThat(KeyText.isId(id)).isFalse();
      assertThatThrownBy(() -> KeyText.generate("kcpat", id, new SeededRandom(2)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  class TwoTexts {

    private final KeyText golden = KeyText.parse(GOLDEN).orElseThrow();

    @Test
    void ofOneKeyAreEqual() {
      assertThat(KeyText.parse(GOLDEN).orElseThrow()).isEqualTo(golden).hasSameHashCodeAs(golden);
    }

    @Test
    void thatDifferInOnePartAreNot() {
      assertThat(golden)
          .isNotEqualTo(KeyText.generate("kcpat", ID, new SeededRandom(3)))
          .isNotEqualTo(KeyText.generate("kcak", new CountingRandom()))
          .isNotEqualTo(KeyText.parse("kcpat_" + SECRET_OF_ANOTHER_ID).orElseThrow())
          .isNotEqualTo(null)
          .isNotEqualTo(GOLDEN);
    }

    /** The golden secret under another id. */
    private static final String SECRET_OF_ANOTHER_ID =
        "AAAAAAAAAAAAAAAAGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvw4IZsHd";

    @Test
    void matchOnlyTheHashOfTheirOwnSecret() {
      assertThat(golden.matches(golden.hash())).isTrue();
      assertThat(golden.matches(KeyText.generate("kcpat", ID, new SeededRandom(3)).hash()))
          .isFalse();
    }
  }

  private static void refused(String text) {
    if (KeyText.parse(text).isPresent()) {
      throw new AssertionError("Accepted: " + escaped(text));
    }
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars()
        .limit(300)
        .forEach(c -> escaped.append(c > ' ' && c <= '~' ? (char) c : String.format("\\u%04x", c)));
    return escaped.toString();
  }

  /** Draws 0, 1, 2 and so on. */
  private static final class CountingRandom extends SecureRandom {

    private static final long serialVersionUID = 1L;

    private int next;

    @Override
    public int nextInt(int bound) {
      return next++ % bound;
    }
  }
}
