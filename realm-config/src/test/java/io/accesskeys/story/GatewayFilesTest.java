package io.accesskeys.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What several files of the gateways have in common stands in one place, or is the same. */
final class GatewayFilesTest {

  private static final Path DOCKER = Path.of("../docker");
  private static final Path NGINX = DOCKER.resolve("gateways/nginx");
  private static final Pattern INCLUDE = Pattern.compile("(?m)^ *include ([^;]+);");

  /** Said again by a location that is no route, and around the second step of the limits. */
  private static final Set<String> REPEATED =
      Set.of(
          "auth_request off;",
          "internal;",
          "auth_request_set $key_subject $upstream_http_x_auth_subject;",
          "proxy_set_header X-Auth-Subject $key_subject;",
          "proxy_set_header X-Auth-Subject \"\";",
          "proxy_set_header Host $http_host;");

  /** Which percent-encoded characters have no place in a path, in the order of all files. */
  private static final List<String> UNCLEAR =
      List.of("2[5ef]|5c|3b|[01]|7f", "c[01]|e0%[89]|f0%8|f[5-9a-f]|ef%bc%(?:8[ef]|bc)");

  /** Every file of nginx that asks Keycloak. */
  private static List<Path> asking() throws IOException {
    try (Stream<Path> files = Files.list(NGINX)) {
      return files
          .filter(file -> file.toString().endsWith(".conf"))
          .filter(file -> !file.endsWith("echo.conf"))
          .toList();
    }
  }

  private static List<String> included(Path file) throws IOException {
    return INCLUDE.matcher(Files.readString(file)).results().map(GatewayFilesTest::first).toList();
  }

  private static String first(MatchResult match) {
    return match.group(1);
  }

  private static List<Path> shared() throws IOException {
    try (Stream<Path> files = Files.list(NGINX.resolve("access-keys"))) {
      return files.toList();
    }
  }

  private static List<String> directives(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(String::strip)
        .filter(line -> line.endsWith(";") && !line.startsWith("#"))
        .toList();
  }

  @Test
  void everyFileOfNginxIncludesWhatIsShared() throws IOException {
    List<Path> files =
        Stream.concat(asking().stream(), Stream.of(DOCKER.resolve("nginx/nginx.conf"))).toList();
    assertThat(files).hasSizeGreaterThan(6);
    for (Path file : files) {
      assertThat(included(file))
          .as(file.toString())
          .contains("access-keys/http.conf", "access-keys/server.conf", "access-keys/verify.conf")
          .allSatisfy(include -> assertThat(NGINX.resolve(include)).exists());
    }
  }

  @Test
  void nothingThatIsSharedIsSaidAgain() throws IOException {
    for (Path shared : shared()) {
      List<String> there = directives(shared);
      assertThat(there).as(shared.toString()).isNotEmpty();
      for (Path file : asking()) {
        assertThat(directives(file))
            .as(file + " and " + shared)
            .filteredOn(line -> !REPEATED.contains(line))
            .doesNotContainAnyElementsOf(there);
      }
    }
  }

  /** So that they can be used as they are: names and addresses are in the files themselves. */
  @Test
  void nothingThatIsSharedHasToBeReplaced() throws IOException {
    for (Path shared : shared()) {
      assertThat(Files.readString(shared))
          .as(shared.toString())
          .doesNotContain("acme", "8000", "http://", ":8080");
    }
  }

  @Test
  void whereAFileIsWhatItIncludesIsToo() throws IOException {
    for (String compose : List.of("compose.yaml", "compose.gateways.yaml")) {
      assertThat(Files.readString(DOCKER.resolve(compose)))
          .contains("- ./gateways/nginx/access-keys:/etc/nginx/access-keys:ro");
    }
    String page = Files.readString(DOCKER.resolve("gateways/README.md"));
    for (Path shared : shared()) {
      assertThat(page).contains("`access-keys/" + shared.getFileName() + "`");
    }
  }

  /** The integration tests look at what it does; this is for who changes one and forgets others. */
  @Test
  void everyGatewayRefusesTheSamePaths() throws IOException {
    for (String file :
        List.of(
            "nginx/access-keys/http.conf",
            "caddy/Caddyfile",
            "apache/access-keys.conf",
            "haproxy/haproxy.cfg",
            "envoy/envoy.yaml")) {
      assertThat(Files.readString(DOCKER.resolve("gateways").resolve(file)))
          .as(file)
          .contains(UNCLEAR);
    }
  }
}
