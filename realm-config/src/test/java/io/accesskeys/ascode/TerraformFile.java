package io.accesskeys.ascode;

import io.accesskeys.bench.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The resources of main.tf, as far as it takes no Terraform to read them. */
final class TerraformFile {

  private static final Path FILE = Checkout.root().resolve("realm-config/as-code/main.tf");

  private static final Pattern RESOURCE =
      Pattern.compile("(?ms)^resource \"([a-z_]+)\" \"([a-z_]+)\" \\{\n(.*?)^}");
  private static final Pattern ARGUMENT = Pattern.compile("(?m)^ {2}([a-z_]+) += ");
  private static final Pattern PAIR = Pattern.compile("(?m)^ {4}\"([^\"]+)\" += \"([^\"]+)\"");

  private TerraformFile() {}

  /** A resource, with what stands between its braces. */
  record Resource(String type, String name, String body) {

    List<String> arguments() {
      return ARGUMENT.matcher(body).results().map(argument -> argument.group(1)).toList();
    }

    /** What its map says, such as {@code extra_config}. */
    Map<String, String> pairs() {
      return PAIR.matcher(body)
          .results()
          .collect(Collectors.toMap(pair -> pair.group(1), pair -> pair.group(2)));
    }
  }

  static String text() {
    try {
      return Files.readString(FILE);
    } catch (IOException e) {
      throw new UncheckedIOException("No file " + FILE, e);
    }
  }

  static List<Resource> resources() {
    return RESOURCE
        .matcher(text())
        .results()
        .map(found -> new Resource(found.group(1), found.group(2), found.group(3)))
        .toList();
  }

  static Resource resource(String type, String name) {
    return resources().stream()
        .filter(resource -> resource.type().equals(type) && resource.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No " + type + "." + name + " in " + FILE));
  }
}
