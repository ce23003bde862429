package io.accesskeys.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** No Docker engine runs here, so at least all that the compose files refer to is there. */
final class ComposeTest {

  private static final Path FOLDER = Path.of("../docker");
  private static final Pattern DEFAULT = Pattern.compile("\\$\\{[A-Z_]+:-([^}]*)}");

  /** What the README tells to make before the first start. */
  private static final List<String> MADE_BY_HAND = List.of("./nginx/tls");

  private static Map<String, Object> read(Path file) throws IOException {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
  }

  @SuppressWarnings("unchecked") // a YAML mapping has texts for keys here
  private static Map<String, Object> map(Object yaml) {
    return yaml == null ? Map.of() : (Map<String, Object>) yaml;
  }

  private static List<?> list(Object yaml) {
    return yaml instanceof Map<?, ?> named
        ? List.copyOf(named.keySet())
        : yaml == null ? List.of() : (List<?>) yaml;
  }

  /** The services of the file, with what the first file says about those that both have. */
  private static Map<String, Object> services(String file) throws IOException {
    Map<String, Object> services =
        new LinkedHashMap<>(map(read(FOLDER.resolve("compose.yaml")).get("services")));
    map(read(FOLDER.resolve(file)).get("services"))
        .forEach(
            (name, service) -> {
              Map<String, Object> both = new LinkedHashMap<>(map(services.get(name)));
              both.putAll(map(service));
              services.put(name, both);
            });
    return services;
  }

  private static String withDefaults(String text) {
    return DEFAULT.matcher(text).replaceAll(match -> Matcher.quoteReplacement(match.group(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"compose.yaml", "compose.cluster.yaml", "compose.gateways.yaml"})
  void everythingThatAFileRefersToIsThere(String file) throws IOException {
    Map<String, Object> services = services(file);
    Map<String, Object> base = read(FOLDER.resolve("compose.yaml"));
    Map<String, Object> networks = map(base.get("networks"));
    services.forEach(
        (name, yaml) -> {
          Map<String, Object> service = map(yaml);
          assertThat(service.containsKey("image") || service.containsKey("extends"))
              .as(name)
              .isTrue();
          assertThat(services.keySet()).as(name).containsAll(texts(service.get("depends_on")));
          assertThat(networks.keySet()).as(name).containsAll(texts(service.get("networks")));
          for (Object volume : list(service.get("volumes"))) {
            String host = withDefaults(String.valueOf(volume)).split(":", 2)[0];
            if (host.startsWith(".") && !MADE_BY_HAND.contains(host)) {
              assertThat(FOLDER.resolve(host)).as(name).exists();
            }
          }
          Object extended = map(service.get("extends")).get("service");
          if (extended != null) {
            assertThat(map(base.get("services"))).containsKey(String.valueOf(extended));
          }
        });
    assertThat(Files.readString(FOLDER.resolve("README.md"))).contains("`" + file + "`");
  }

  private static List<String> texts(Object yaml) {
    return list(yaml).stream().map(String::valueOf).toList();
  }

  /** A file that a command changes before it is used still has what the command looks for. */
  @Test
  void whatIsReplacedAtTheStartOfAGatewayIsThere() throws IOException {
    Pattern replaced = Pattern.compile("sed 's/([^/]*)/[^/]*/' /shipped/(\\S+)");
    int found = 0;
    for (Object service : services("compose.gateways.yaml").values()) {
      for (Object command : list(map(service).get("command"))) {
        Matcher sed = replaced.matcher(String.valueOf(command));
        if (sed.find()) {
          found++;
          String mount = String.valueOf(list(map(service).get("volumes")).get(0));
          Path shipped = FOLDER.resolve(mount.split(":", 2)[0]).resolve(sed.group(2));
          assertThat(Files.readString(shipped)).containsPattern(sed.group(1));
        }
      }
    }
    assertThat(found).isEqualTo(3);
  }

  @Test
  void theWorkflowRunsTheScriptThatIsThere() throws IOException {
    Map<String, Object> workflow = read(Path.of("ci/github-actions.yml"));
    assertThat(map(workflow.get("jobs"))).containsKey("import");
    assertThat(Files.readString(Path.of("ci/github-actions.yml")))
        .contains("bash tools/ci/check-import.sh");
    assertThat(Path.of("ci/check-import.sh")).isExecutable();
  }
}
