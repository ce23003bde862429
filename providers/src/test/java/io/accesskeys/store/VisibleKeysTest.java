package io.accesskeys.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.Label;
import io.accesskeys.model.SampleRealm;
import io.accesskeys.restriction.Restrictions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages for somebody who may see the keys whose names begin with "seen". */
final class VisibleKeysTest {

  private static final SecretKey KEY = new SecretKeySpec(new byte[16], "AES");

  private final SampleRealm realm = new SampleRealm();

  private void keys(String... names) {
    for (String name : names) {
      realm.key(KeyKind.PERSONAL_ACCESS_TOKEN, key -> key.with(Label.named(name), key.grant()));
    }
  }

  private KeyPage page(int first, int max, int most, Optional<String> after) {
    KeySearch search = new KeySearch(List.of(new Criterion.NameBegins("")), first, max, after);
    return realm.ask(
        (session, model) ->
            new VisibleKeys(
                    new SearchQuery(DurableEntities.of(session), model.getId()),
                    row ->
                        Optional.of(KeyRows.toKey(row, Restrictions.of(session)))
                            .filter(key -> key.name().startsWith("seen")),
                    new CursorSeal(() -> KEY, model.getId()),
                    most)
                .page(search));
  }

  private static List<String> names(KeyPage found) {
    return found.keys().stream().map(AccessKey::name).toList();
  }

  private static String plain(String cursor) {
    return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
  }

  @Test
  void areFilledWithWhatCanBeSeenAndEndThere() {
    keys("a", "seen 1", "b", "seen 2", "seen 3", "z");
    KeyPage first = page(0, 2, 100, Optional.empty());
    assertThat(names(first)).containsExactly("seen 1", "seen 2");
    assertThat(plain(first.next().orElseThrow())).contains(first.keys().get(1).id());
    KeyPage second = page(0, 2, 100, first.next());
    assertThat(names(second)).containsExactly("seen 3");
    assertThat(second.next()).isEmpty();
  }

  /** Nobody can tell these from a realm without the others. */
  @Test
  void doNotTellThatThereAreOthers() {
    keys("a", "b", "c", "seen 1", "seen 2", "x", "y", "z");
    assertThat(page(0, 2, 100, Optional.empty()).next()).isEmpty();
    assertThat(names(page(1, 2, 100, Optional.empty()))).containsExactly("seen 2");
    assertThat(page(2, 2, 100, Optional.empty()))
        .isEqualTo(new KeyPage(List.of(), Optional.empty()));
    assertThat(page(0, 1, 100, page(0, 1, 100, Optional.empty()).next()).next()).isEmpty();
  }

  @Test
  void comeToAnEndWhateverIsHidden() {
    IntStream.range(0, 12).forEach(i -> keys("hidden " + (char) ('a' + i)));
    keys("seen 1", "seen 2", "zz");
    List<String> found = new ArrayList<>();
    Optional<String> after = Optional.empty();
    int requests = 0;
    do {
      KeyPage page = page(0, 1, 3, after);
      found.addAll(names(page));
      after = page.next();
      requests++;
    } while (after.isPresent() && requests < 20);
    assertThat(found).containsExactly("seen 1", "seen 2");
    assertThat(requests).isBetween(5, 7);
  }

  @Test
  void hideTheKeyAtWhichTheyEnd() {
    keys("hidden a", "hidden b", "hidden c", "hidden d", "seen");
    String cursor = page(0, 1, 3, Optional.empty()).next().orElseThrow();
    assertThat(cursor).startsWith("~");
    assertThat(plain(cursor.substring(1))).doesNotContain("nameOrder", NameOrder.of("hidden c"));
    assertThat(page(0, 1, 3, Optional.empty()).next()).isNotEqualTo(Optional.of(cursor));
    assertThat(names(page(0, 1, 3, Optional.of(cursor)))).containsExactly("seen");
  }

  @Test
  void haveToSkipTheRestOnTheNextOne() {
    keys("hidden a", "seen 1", "seen 2", "seen 3", "seen 4");
    KeyPage none = page(3, 1, 3, Optional.empty());
    assertThat(none.keys()).isEmpty();
    assertThat(none.skip()).isEqualTo(1);
    assertThat(names(page(none.skip(), 1, 3, none.next()))).containsExactly("seen 4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"~", "~AA", "~!", "~AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void beginNowhereElse(String forged) {
    assertThatThrownBy(() -> page(0, 1, 3, Optional.of(forged)))
        .isInstanceOf(InvalidCursorException.class);
  }

  @Test
  void beginNowhereInAnotherRealm() {
    keys("hidden a", "hidden b", "hidden c", "hidden d", "seen");
    String cursor = new CursorSeal(() -> KEY, "another").close("nameOrder|61|AAAAAAAAAAAAAAAA");
    assertThatThrownBy(() -> page(0, 1, 3, Optional.of(cursor)))
        .isInstanceOf(InvalidCursorException.class);
  }
}
