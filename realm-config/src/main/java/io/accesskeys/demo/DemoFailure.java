package io.accesskeys.demo;

/** An answer was not what the demo promises. */
final class DemoFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  DemoFailure(String message) {
    super(message);
  }
}
