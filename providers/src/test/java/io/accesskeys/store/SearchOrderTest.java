package io.accesskeys.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.Column;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** That the database uses an index is seen by {@code SearchPlanIT}. */
final class SearchOrderTest {

  private static final Pattern INDEX =
      Pattern.compile(
          "(?s)<createIndex tableName=\"(\\w+)\" indexName=\"(\\w+)\">(.*?)</createIndex>");
  private static final Pattern COLUMN = Pattern.compile("<column name=\"(\\w+)\"");

  /** Its table and its columns, by the name of an index. */
  private static final Map<String, List<String>> INDEXES = indexes();

  private static Map<String, List<String>> indexes() {
    Map<String, List<String>> indexes = new TreeMap<>();
    Matcher index = INDEX.matcher(changeLog());
    while (index.find()) {
      List<String> columns = new ArrayList<>(List.of(index.group(1)));
      COLUMN.matcher(index.group(3)).results().forEach(column -> columns.add(column.group(1)));
      indexes.put(index.group(2), columns);
    }
    return indexes;
  }

  private static String changeLog() {
    try (InputStream file =
        SearchOrder.class.getResourceAsStream("/META-INF/access-keys-changelog.xml")) {
      return new String(file.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String column(SearchOrder order) {
    Class<?> table = order.isOfUsage() ? AccessKeyUsageEntity.class : AccessKeyEntity.class;
    try {
      return table.getDeclaredField(order.attribute()).getAnnotation(Column.class).name();
    } catch (NoSuchFieldException e) {
      throw new AssertionError("No attribute " + order.attribute(), e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void namesAnIndexOfTheChangeSet(SearchOrder order) {
    assertThat(INDEXES).containsKey(order.index());
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "RETIRING")
  void isTheOrderOfItsIndexWithinARealm(SearchOrder order) {
    List<String> index = INDEXES.get(order.index());
    assertThat(index)
        .startsWith(order.isOfUsage() ? "ACCESS_KEY_USAGE" : "ACCESS_KEY", "REALM_ID")
        .containsSubsequence("REALM_ID", column(order));
  }

  /** What is sorted by something else than the creation needs nothing else to be found. */
  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"RETIRING", "OWNER", "API_CLIENT", "KIND", "RESTRICTED"})
  void isTheWholeIndex(SearchOrder order) {
    assertThat(INDEXES.get(order.index()))
        .containsExactly(
            order.isOfUsage() ? "ACCESS_KEY_USAGE" : "ACCESS_KEY",
            "REALM_ID",
            column(order),
            order.isOfUsage() ? "KEY_ID" : "ID");
  }
}
