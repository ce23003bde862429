package io.accesskeys.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.accesskeys.management.InvalidRequestException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CsvTest {

  @Test
  void fieldsAreSeparatedByCommasAndLinesByTheirEnds() throws InvalidRequestException {
    assertThat(Csv.lines("a,b\r\n1, 2 \n,\n", 9))
        .containsExactly(List.of("a", "b"), List.of("1", "2"), List.of("", ""));
  }

  @Test
  void aQuotedFieldMayHaveAnythingInIt() throws InvalidRequestException {
    assertThat(Csv.lines("\"a,\"\"b\"\"\n\",c", 9)).containsExactly(List.of("a,\"b\"\n", "c"));
  }

  @Test
  void emptyLinesAreLeftOut() throws InvalidRequestException {
    assertThat(Csv.lines("\n\na\n \n", 9)).containsExactly(List.of("a"));
    assertThat(Csv.lines("", 9)).isEmpty();
  }

  @Test
  void aQuoteThatIsNotClosedIsRefused() {
    for (String text : List.of("\"a", "\"a\"b,c", "\"")) {
      assertThatThrownBy(() -> Csv.lines(text, 9))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("a quote is not closed");
    }
  }

  @Test
  void tooManyLinesAreRefused() {
    assertThatThrownBy(() -> Csv.lines("a\nb\nc", 2))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("at most 2 lines");
  }
}
