package io.accesskeys.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.model.SampleRealm;
import jakarta.persistence.OptimisticLockException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.models.ModelDuplicateException;

/** Every job walks the realms in this way. */
final class EachRealmTest {

  private final SampleRealm first = new SampleRealm();
  private final SampleRealm second = new SampleRealm();

  static Stream<RuntimeException> failures() {
    return Stream.of(
        new ModelDuplicateException("another node was faster"),
        new OptimisticLockException("another node was faster"),
        new IllegalStateException("a row that cannot be read"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whatFailsInOneRealmSparesTheOthers(RuntimeException failure) {
    AtomicInteger failed = new AtomicInteger();
    List<String> reached = new ArrayList<>();
    new EachRealm(new TheseRealms(first, second), failed::incrementAndGet)
        .run(
            realmId -> {
              reached.add(realmId);
              if (reached.size() == 1) {
                throw failure;
              }
            });
    assertThat(reached).containsExactly(id(first), id(second));
    assertThat(failed).hasValue(1);
  }

  private static String id(SampleRealm realm) {
    return realm.ask((session, model) -> model.getId());
  }
}
