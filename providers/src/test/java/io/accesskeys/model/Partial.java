package io.accesskeys.model;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Objects with many methods, of which a test cares for one or two. */
public final class Partial {

  /** What a test makes of the methods that it cares for. */
  @FunctionalInterface
  public interface Answers {

    /** What this method gives, anything if it gives nothing; empty if it is left alone. */
    Optional<Object> to(String method, List<Object> arguments);
  }

  private Partial() {}

  /** Has no methods but those that are answered. */
  public static <T> T of(Class<T> type, Answers answers) {
    return make(
        type,
        (method, arguments) ->
            Optional.of(
                answers
                    .to(method, arguments)
                    .orElseThrow(() -> new UnsupportedOperationException(method))),
        null);
  }

  /** Has this one's methods but for those that are answered. */
  public static <T> T over(Class<T> type, T whole, Answers answers) {
    return make(type, answers, whole);
  }

  private static <T> T make(Class<T> type, Answers answers, T whole) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              List<Object> given = arguments == null ? List.of() : Arrays.asList(arguments);
              Optional<Object> answer = answers.to(method.getName(), given);
              if (answer.isPresent()) {
                return answer.get();
              }
              try {
                return method.invoke(whole, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
