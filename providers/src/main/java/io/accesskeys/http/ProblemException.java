package io.accesskeys.http;

import io.accesskeys.key.RefusedRequestException;

/** Ends a request with a problem, from any depth of a resource. */
public final class ProblemException extends RefusedRequestException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  ProblemException(Problem problem) {
    super(problem.detail());
    this.problem = problem;
  }

  /** What is answered. */
  public Problem problem() {
    return problem;
  }
}
