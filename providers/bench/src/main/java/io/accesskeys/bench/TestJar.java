package io.accesskeys.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Jars for {@code providers/} with classes of the tests, which are no part of what ships. */
final class TestJar {

  private TestJar() {}

  /**
   * Writes a jar; equal every time, so that the server is built once.
   *
   * @param classes names of classes, those inside others by themselves
   * @param service the service that the first of them is registered for
   */
  static Path write(Path jar, List<String> classes, String service) {
    try {
      Path draft = draft(jar);
      try (OutputStream file = Files.newOutputStream(draft);
          ZipOutputStream zip = new ZipOutputStream(file)) {
        for (String name : classes) {
          String path = name.replace('.', '/') + ".class";
          add(zip, path, bytes(path));
        }
        add(zip, "META-INF/beans.xml", new byte[0]);
        add(zip, "META-INF/services/" + service, classes.get(0).getBytes(StandardCharsets.UTF_8));
      }
      return Files.move(draft, jar, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write " + jar, e);
    }
  }

  /**
   * Writes a jar of files; equal every time.
   *
   * @param folder where they lie among the resources of the tests
   */
  static Path ofFiles(Path jar, String folder, List<String> files) {
    try {
      Path draft = draft(jar);
      try (OutputStream file = Files.newOutputStream(draft);
          ZipOutputStream zip = new ZipOutputStream(file)) {
        for (String name : files) {
          add(zip, name, bytes(folder + name));
        }
      }
      return Files.move(draft, jar, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write " + jar, e);
    }
  }

  /** Where it is written, since another JVM may be reading the one that is there. */
  private static Path draft(Path jar) throws IOException {
    Files.createDirectories(jar.getParent());
    return jar.resolveSibling(jar.getFileName() + "." + ProcessHandle.current().pid());
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] bytes(String resource) throws IOException {
    try (InputStream stream = TestJar.class.getClassLoader().getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IOException("No " + resource);
      }
      return stream.readAllBytes();
    }
  }
}
