package io.accesskeys.bench;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Skips what {@link RequiresTool} or {@link RequiresNamespaces} marks where something is missing;
 * fails it when strict.
 */
final class ToolCondition implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<MissingTool> missing = missing(context).map(MissingTool::new);
    if (missing.isPresent() && isStrict(context)) {
      // A condition can only skip: what it throws is what fails the test.
      throw new IllegalStateException(missing.get().reason() + ", and -Dstrict allows no skipping");
    }
    return missing
        .map(tool -> ConditionEvaluationResult.disabled(tool.reason()))
        .orElseGet(() -> ConditionEvaluationResult.enabled("no tool is missing"));
  }

  private static Optional<String> missing(ExtensionContext context) {
    Optional<String> tool =
        AnnotationSupport.findAnnotation(context.getElement(), RequiresTool.class)
            .flatMap(
                required ->
                    Stream.of(required.value())
                        .filter(name -> Tools.find(name).isEmpty())
                        .findFirst());
    return tool.or(
        () ->
            AnnotationSupport.findAnnotation(context.getElement(), RequiresNamespaces.class)
                .filter(required -> !Network.isPermitted())
                .map(required -> "network namespaces"));
  }

  private static boolean isStrict(ExtensionContext context) {
    return context
        .getConfigurationParameter("strict")
        .filter(value -> !value.equals("false"))
        .isPresent();
  }
}
