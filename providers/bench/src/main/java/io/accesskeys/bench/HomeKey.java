package io.accesskeys.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Names a built home by all that {@code kc.sh build} depends on, so that equal input is built once.
 *
 * @param text hexadecimal digits
 */
record HomeKey(String text) {

  private static final int DIGITS = 16;

  static HomeKey of(String version, List<Path> jars, List<String> buildOptions) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      add(digest, version.getBytes(StandardCharsets.UTF_8));
      for (Path jar : jars) {
        add(digest, jar.getFileName().toString().getBytes(StandardCharsets.UTF_8));
        add(digest, Files.readAllBytes(jar));
      }
      for (String option : buildOptions) {
        add(digest, option.getBytes(StandardCharsets.UTF_8));
      }
      return new HomeKey(HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS));
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read one of " + jars, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  // With its length before it, no part can pass for the end of one and the start of the next.
  private static void add(MessageDigest digest, byte[] part) {
    digest.update((part.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(part);
  }
}
