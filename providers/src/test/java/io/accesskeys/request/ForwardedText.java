package io.accesskeys.request;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The way of tests in other packages to {@link ForwardedChain}. */
public final class ForwardedText {

  private ForwardedText() {}

  /** The clients that both headers name if this is their text and every address is a proxy. */
  public static Stream<String> clientOf(String text) {
    return Stream.of(
            ForwardedChain.ofForwarded(List.of(text)),
            ForwardedChain.ofXForwardedFor(List.of(text)))
        .map(chain -> chain.client("192.0.2.1", proxy -> true))
        .flatMap(Optional::stream);
  }
}
