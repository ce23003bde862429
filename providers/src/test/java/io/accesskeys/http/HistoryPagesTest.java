package io.accesskeys.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.history.RecordedActor;
import io.accesskeys.key.ActorKind;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is shown to whom. */
final class HistoryPagesTest {

  private static RecordedActor actor(ActorKind kind) {
    return new RecordedActor(kind, Optional.of("id"), Optional.of("name"), Optional.of("master"));
  }

  @ParameterizedTest
  @EnumSource(names = {"OWNER", "REGISTRANT"})
  void peopleOfTheApplicationSeeEachOther(ActorKind kind) {
    assertThat(HistoryPages.shownTo("another", actor(kind))).isEqualTo(actor(kind));
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"OWNER", "REGISTRANT"})
  void ofAnybodyElseAPersonSeesTheKind(ActorKind kind) {
    assertThat(HistoryPages.shownTo("another", actor(kind))).isEqualTo(RecordedActor.of(kind));
  }

  @ParameterizedTest
  @EnumSource
  void everybodySeesThemselves(ActorKind kind) {
    assertThat(HistoryPages.shownTo("id", actor(kind))).isEqualTo(actor(kind));
  }
}
