package io.accesskeys.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.testcontainers.containers.output.OutputFrame;

/**
 * Follows a container's output into a file.
 *
 * @param path of the file
 */
record LogFile(Path path) implements Consumer<OutputFrame> {

  @Override
  public synchronized void accept(OutputFrame frame) {
    // The end of the stream comes as a frame without bytes.
    if (frame.getBytes() == null) {
      return;
    }
    try {
      Files.write(path, frame.getBytes(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write " + path, e);
    }
  }
}
