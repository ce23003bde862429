package io.accesskeys.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Where Jazzer enters, which learns from the branches that a case takes: the first byte picks the
 * {@link Target}, and the rest is the text in UTF-8.
 *
 * <p>{@code mvn -Pfuzz -DskipUi -pl providers test-compile exec:exec@fuzz}
 */
public final class ParserFuzz {

  private static final Target[] TARGETS = Target.values();

  private ParserFuzz() {}

  /** One case; whatever it throws is a find. The name is Jazzer's. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length > 0) {
      Target target = TARGETS[(data[0] & 255) % TARGETS.length];
      target.take(new String(Arrays.copyOfRange(data, 1, data.length), UTF_8));
    }
  }
}
