package io.accesskeys;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.accesskeys.history.FieldChange;
import io.accesskeys.http.EditPreview;
import io.accesskeys.http.HistoryRepresentation;
import io.accesskeys.http.KeyRepresentation;
import io.accesskeys.http.OutlookRepresentation;
import io.accesskeys.http.Problem;
import io.accesskeys.http.RefusalRepresentation;
import io.accesskeys.http.RestrictionSummary;
import io.accesskeys.http.RollRepresentation;
import io.accesskeys.http.SuggestionRepresentation;
import io.accesskeys.http.UsageRepresentation;
import io.accesskeys.management.api.ApiCheck;
import io.accesskeys.management.api.Step;
import io.accesskeys.management.suggestion.Suggestion.NotSuggested;
import io.accesskeys.rest.AccessKeysResource;
import io.accesskeys.rest.admin.AccessKeysAdminResource;
import io.accesskeys.rest.admin.FindingRepresentation;
import io.accesskeys.rest.admin.PolicyRepresentation;
import io.accesskeys.rest.self.ApplicationsResource;
import io.accesskeys.rest.self.OptionsResource;
import io.accesskeys.rest.self.RestrictionTypesResource;
import io.accesskeys.transfer.KeyImport;
import io.accesskeys.transfer.TransferRow;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The OpenAPI document says what the resources do: every operation, every member, and no others.
 */
final class OpenApiTest {

  private static final JsonNode DOCUMENT = read();

  private static final Map<String, Class<?>> ROOTS =
      Map.of(
          "/realms/{realm}/access-keys", AccessKeysResource.class,
          "/admin/realms/{realm}/access-keys", AccessKeysAdminResource.class);

  private static final Map<String, Class<?>> RECORDS =
      Map.ofEntries(
          entry("Key", KeyRepresentation.class),
          entry("Problem", Problem.class),
          entry("WrongMember", Problem.WrongMember.class),
          entry("Policy", PolicyRepresentation.class),
          entry("Api", ApiCheck.class),
          entry("ApiRule", ApiCheck.Rule.class),
          entry("ApiScope", ApiCheck.Scope.class),
          entry("ApiGateway", ApiCheck.Gateway.class),
          entry("ApiStep", Step.class),
          entry("PolicySetting", PolicyRepresentation.Setting.class),
          entry("PolicyDifference", PolicyRepresentation.Difference.class),
          entry("PolicyAction", PolicyRepresentation.Action.class),
          entry("PolicyDryRun", PolicyRepresentation.DryRun.class),
          entry("Finding", FindingRepresentation.class),
          entry("Application", ApplicationsResource.Representation.class),
          entry("ApplicationOffer", ApplicationsResource.OfferRepresentation.class),
          entry("TransferRow", TransferRow.class),
          entry("TransferSecret", TransferRow.Secret.class),
          entry("TransferUse", TransferRow.Use.class),
          entry("TransferRoll", TransferRow.Roll.class),
          entry("RollSchedule", RollRepresentation.class),
          entry("ImportOutcome", KeyImport.Outcome.class),
          entry("RestrictionSummary", RestrictionSummary.class),
          entry("Options", OptionsResource.Representation.class),
          entry("OptionsApi", OptionsResource.Api.class),
          entry("OptionsScope", OptionsResource.Scope.class),
          entry("Usage", UsageRepresentation.class),
          entry("SecretUsage", UsageRepresentation.SecretUsage.class),
          entry("UsageDay", UsageRepresentation.Day.class),
          entry("SeenUse", UsageRepresentation.Seen.class),
          entry("Refusal", RefusalRepresentation.class),
          entry("Suggestion", SuggestionRepresentation.class),
          entry("SuggestionBasis", SuggestionRepresentation.BasedOn.class),
          entry("NotSuggested", NotSuggested.class),
          entry("Outlook", OutlookRepresentation.class),
          entry("ScopeUse", OutlookRepresentation.ScopeUse.class),
          entry("AddressUse", OutlookRepresentation.AddressUse.class),
          entry("EditPreview", EditPreview.class),
          entry("HistoryEntry", HistoryRepresentation.class),
          entry("HistoryActor", HistoryRepresentation.Actor.class),
          entry("FieldChange", FieldChange.class),
          entry("RestrictionType", RestrictionTypesResource.Representation.class));

  private static JsonNode read() {
    try {
      return new ObjectMapper()
          .readTree(MainSources.RESOURCES.resolve("access-keys/openapi.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyOperationIsDescribedAndNoOther() {
    Set<String> described = new TreeSet<>();
    JsonNode paths = DOCUMENT.path("paths");
    paths
        .fieldNames()
        .forEachRemaining(
            path ->
                paths
                    .path(path)
                    .fieldNames()
                    .forEachRemaining(name -> described.add(name + " " + path)));
    described.removeIf(name -> name.startsWith("parameters "));
    Set<String> offered =
        ROOTS.entrySet().stream()
            .flatMap(root -> operations(root.getKey(), root.getValue()))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(described).isEqualTo(offered).hasSizeGreaterThan(30);
  }

  @Test
  void everyMemberIsDescribedAndNoOther() {
    RECORDS.forEach(
        (name, type) -> {
          Set<String> described = new TreeSet<>();
          DOCUMENT
              .at("/components/schemas/" + name + "/properties")
              .fieldNames()
              .forEachRemaining(described::add);
          assertThat(described)
              .as(name)
              .isEqualTo(members(type).collect(Collectors.toCollection(TreeSet::new)));
        });
  }

  /** What Jackson makes of a record; of an unwrapped part, its members. */
  private static Stream<String> members(Class<?> record) {
    return Arrays.stream(record.getRecordComponents())
        .flatMap(
            component ->
                component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)
                    ? members(component.getType())
                    : Stream.of(component.getName()));
  }

  @Test
  void everyKindOfProblemIsDescribed() {
    Set<String> types = new TreeSet<>();
    DOCUMENT
        .at("/components/schemas/Problem/properties/type/enum")
        .forEach(type -> types.add(type.asText()));
    assertThat(types)
        .isEqualTo(
            Arrays.stream(Problem.Kind.values())
                .map(kind -> Problem.of(kind, "").type())
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void everyReferenceLeadsSomewhereAndEveryOperationHasItsOwnName() {
    assertThat(DOCUMENT.findValuesAsText("$ref"))
        .isNotEmpty()
        .allMatch(ref -> !DOCUMENT.at(ref.substring(1)).isMissingNode());
    assertThat(DOCUMENT.findValuesAsText("operationId")).doesNotHaveDuplicates();
    assertThat(DOCUMENT.path("openapi").asText()).startsWith("3.1");
  }

  private static Stream<String> operations(String path, Class<?> resource) {
    return Arrays.stream(resource.getDeclaredMethods())
        .flatMap(
            method -> {
              String here = path + suffix(method);
              String verb = verb(method);
              if (verb != null) {
                return Stream.of(verb + " " + here);
              }
              return method.isAnnotationPresent(Path.class)
                  ? operations(here, method.getReturnType())
                  : Stream.empty();
            });
  }

  private static String suffix(Method method) {
    Path path = method.getAnnotation(Path.class);
    // OpenAPI knows no patterns of variables.
    return path == null ? "" : "/" + path.value().replaceAll("\\{(\\w+):[^}]*}", "{$1}");
  }

  private static String verb(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(Annotation::annotationType)
        .map(type -> type.getAnnotation(HttpMethod.class))
        .filter(annotation -> annotation != null)
        .map(annotation -> annotation.value().toLowerCase(Locale.ROOT))
        .findFirst()
        .orElse(null);
  }
}
