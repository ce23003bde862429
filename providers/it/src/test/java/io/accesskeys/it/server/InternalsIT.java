package io.accesskeys.it.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.accesskeys.bench.Checkout;
import io.accesskeys.bench.Libraries;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Keycloak's own types that we touch, by the JDK's jdeps, and what the newest release has changed
 * of them since the oldest that we support, by its javap. {@code docs/internals.md} has them.
 */
class InternalsIT {

  private static final String OLDEST = System.getProperty("keycloak.oldest", "26.7.1");
  private static final Path DOCUMENT = Checkout.root().resolve("providers/docs/internals.md");
  private static final String FIRST_LINE = "| module |";

  /** Keycloak promises to keep these; the others it may change in any release. */
  private static final Set<String> PUBLIC =
      Set.of("keycloak-core", "keycloak-common", "keycloak-server-spi");

  /** We are ready for it, and no release that we support has it. */
  private static final String OF_NEWER_RELEASES = "org.keycloak.protocol.oidc.verifier.";

  private static final Pattern TARGET = Pattern.compile("-> (org\\.keycloak\\.[\\w.$]+)");
  private static final Pattern JAR = Pattern.compile("org\\.keycloak\\.(keycloak-.*)-\\d+\\..*");

  /** A module, and what javap prints of those of its types that we touch. */
  private record Module(String name, Map<String, List<String>> types) {}

  @Test
  void nothingThatWeTouchIsTakenAway() throws IOException {
    String newest = Libraries.newest();
    assumeTrue(!newest.equals(OLDEST), "Needs two releases");
    assumeTrue(
        System.getProperty("strict") != null || Libraries.isFetched(OLDEST),
        OLDEST + " was not fetched");
    Set<String> touched = touched();
    Map<String, Module> before = modules(OLDEST, touched);
    Map<String, Module> after = modules(newest, touched);

    List<String> gone = new ArrayList<>();
    StringBuilder table = new StringBuilder();
    after.forEach(
        (name, module) -> {
          Map<String, List<String>> then = before.get(name).types();
          List<String> changed = new ArrayList<>();
          module
              .types()
              .forEach(
                  (type, members) -> {
                    List<String> lost = without(then.getOrDefault(type, List.of()), members);
                    gone.addAll(lost.stream().map(member -> type + ": " + member).toList());
                    if (!then.getOrDefault(type, List.of()).equals(members)) {
                      changed.add(shortName(type));
                    }
                  });
          table.append(row(module, changed));
        });
    assertThat(after.values().stream().flatMap(module -> module.types().keySet().stream()))
        .as("types that %s has", newest)
        .containsExactlyInAnyOrderElementsOf(touched);
    assertThat(gone).as("taken away from %s to %s", OLDEST, newest).isEmpty();
    assertShipped(table.toString());
  }

  private static String row(Module module, List<String> changed) {
    String names =
        PUBLIC.contains(module.name())
            ? ""
            : module.types().keySet().stream()
                .map(type -> "`" + shortName(type) + "`")
                .collect(Collectors.joining(", "));
    return "| %s%s | %d | %s | %s |%n"
        .formatted(
            module.name(),
            PUBLIC.contains(module.name()) ? " (public)" : "",
            module.types().size(),
            changed.isEmpty() ? "none" : String.join(", ", changed),
            names);
  }

  private static void assertShipped(String rows) throws IOException {
    String text = FIRST_LINE + " types | changed | internal ones |\n|---|---|---|---|\n" + rows;
    String document = Files.readString(DOCUMENT);
    String shipped = document.substring(document.indexOf(FIRST_LINE));
    if (System.getProperty("internals.write") != null) {
      Files.writeString(DOCUMENT, document.replace(shipped, text));
      return;
    }
    assertThat(shipped).as("%s; -Dinternals.write writes it", DOCUMENT).isEqualTo(text);
  }

  private static Set<String> touched() {
    Set<String> touched = new TreeSet<>();
    TARGET
        .matcher(tool("jdeps", List.of("-verbose:class", System.getProperty("access-keys.jar"))))
        .results()
        .map(found -> found.group(1))
        .filter(type -> !type.startsWith(OF_NEWER_RELEASES))
        .forEach(touched::add);
    return touched;
  }

  /** By name, the modules of a release with these types. */
  private static Map<String, Module> modules(String version, Set<String> types) throws IOException {
    Map<String, Module> modules = new TreeMap<>();
    try (Stream<Path> jars = Files.list(Libraries.of(version))) {
      for (Path jar : jars.sorted().toList()) {
        MatchResult name =
            JAR.matcher(jar.getFileName().toString()).results().findFirst().orElse(null);
        if (name != null) {
          List<String> here = in(jar, types);
          if (!here.isEmpty()) {
            modules.put(name.group(1), new Module(name.group(1), printed(jar, here)));
          }
        }
      }
    }
    return modules;
  }

  private static List<String> in(Path jar, Collection<String> types) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return types.stream()
          .filter(type -> file.getEntry(type.replace('.', '/') + ".class") != null)
          .toList();
    }
  }

  /** What others may use of each type, as javap prints it. */
  private static Map<String, List<String>> printed(Path jar, List<String> types) {
    Map<String, List<String>> printed = new LinkedHashMap<>();
    for (String type : types) {
      String text = tool("javap", List.of("-protected", "-cp", jar.toString(), type));
      printed.put(type, text.lines().filter(line -> !line.startsWith("Compiled from")).toList());
    }
    return printed;
  }

  private static List<String> without(List<String> lines, List<String> others) {
    return lines.stream().filter(line -> !others.contains(line)).toList();
  }

  private static String shortName(String type) {
    return type.substring(type.lastIndexOf('.') + 1);
  }

  private static String tool(String name, List<String> arguments) {
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said);
    int code =
        ToolProvider.findFirst(name)
            .orElseThrow()
            .run(writer, writer, arguments.toArray(String[]::new));
    assertThat(code).as("%s: %s", name, said).isZero();
    return said.toString();
  }
}
