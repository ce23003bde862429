package io.accesskeys.restriction;

import java.util.List;
import java.util.Optional;

/** The headers of a request, by name in any case. */
@FunctionalInterface
public interface RequestHeaders {

  /** No header is known. */
  RequestHeaders NONE = name -> List.of();

  /** Every value that was sent under this name; none if it was not sent. */
  List<String> all(String name);

  /** The value that was sent under this name, if it was sent exactly once. */
  default Optional<String> only(String name) {
    List<String> sent = all(name);
    return sent.size() == 1 ? Optional.of(sent.get(0)) : Optional.empty();
  }
}
