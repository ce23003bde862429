package io.accesskeys.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What lies on the heap of a server. */
public final class Heap {

  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +[0-9]+ +([0-9]+)");

  private Heap() {}

  /** The bytes of all objects that are alive, after a full collection. */
  public static long liveBytes(KeycloakServer server) {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    String histogram =
        Programs.run(
            server.log().getParent(),
            List.of(jcmd, String.valueOf(server.jvm().pid()), "GC.class_histogram"));
    Matcher total = TOTAL.matcher(histogram);
    if (!total.find()) {
      throw new IllegalStateException("No total in: " + histogram);
    }
    return Long.parseLong(total.group(1));
  }
}
