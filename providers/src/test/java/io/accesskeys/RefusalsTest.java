package io.accesskeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.MainSources.Source;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a rule refuses is answered in one place, which rolls back what the request has changed. */
final class RefusalsTest {

  private static final Pattern SUBCLASS =
      Pattern.compile("class (\\w+) extends RefusedRequestException\\b");

  @Test
  void onlyThreeClassesAnswerARefusalThemselves() {
    String names = String.join("|", refusals()) + "|RefusedRequestException";
    Pattern caught =
        Pattern.compile("catch \\((?:\\w+ \\| )*(?:%s)\\b[^)]*\\) \\{\\s*(//)?".formatted(names));
    List<String> places =
        MainSources.all().stream()
            .flatMap(
                source ->
                    caught
                        .matcher(source.text())
                        .results()
                        .peek(
                            place ->
                                assertThat(place.group(1))
                                    .as("%s says why it catches", source.className())
                                    .isNotNull())
                        .map(place -> source.className()))
            .toList();
    assertThat(places)
        .containsExactly(
            "io.accesskeys.jobs.DueKey",
            "io.accesskeys.signin.page.CreateAccessKeyAction",
            "io.accesskeys.signin.page.CreateAccessKeyAction",
            "io.accesskeys.transfer.KeyImport");
  }

  /** The last branch of Problem.of is for a request that is not valid. */
  @Test
  void theMapperKnowsEveryRefusal() {
    assertThat(refusals())
        .isEqualTo(
            List.of(
                "ApiConflictException",
                "BusyException",
                "InvalidPolicyException",
                "InvalidRequestException",
                "KeyConflictException",
                "KeyNotFoundException",
                "NotAllowedException",
                "ProblemException",
                "TooManyKeysException"));
    String problem =
        MainSources.all().stream()
            .filter(source -> source.className().equals("io.accesskeys.http.Problem"))
            .map(Source::text)
            .findFirst()
            .orElseThrow();
    assertThat(refusals()).allSatisfy(name -> assertThat(problem).contains("instanceof " + name));
  }

  private static List<String> refusals() {
    return MainSources.all().stream()
        .flatMap(source -> SUBCLASS.matcher(source.text()).results())
        .map((MatchResult found) -> found.group(1))
        .sorted(Comparator.naturalOrder())
        .toList();
  }
}
