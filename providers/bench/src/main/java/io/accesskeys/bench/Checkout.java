package io.accesskeys.bench;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the repository is checked out, from whichever of its folders tests or the demo are run. */
public final class Checkout {

  private Checkout() {}

  /** Its top folder. */
  public static Path root() {
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve(".mvn"))) {
        return folder;
      }
    }
    throw new IllegalStateException("No folder with .mvn above " + start);
  }
}
