package io.accesskeys.http;

import jakarta.ws.rs.WebApplicationException;

/** Ends a request with a problem. */
public final class ProblemException extends WebApplicationException {

  private static final long serialVersionUID = 1L;

  ProblemException(Problem problem) {
    super(problem.detail(), problem.response().build());
  }
}
