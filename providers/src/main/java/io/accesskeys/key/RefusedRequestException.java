package io.accesskeys.key;

/**
 * A request that one of our rules refuses. Whoever throws it need not undo anything: at our REST
 * endpoints {@code http.RefusalMapper} rolls the transaction back and answers with the problem.
 * Elsewhere (a job, a page, an OAuth endpoint) the caller has to answer in its own terms.
 */
public abstract class RefusedRequestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param reason a sentence for whoever wrote the request, without secrets
   */
  protected RefusedRequestException(String reason) {
    super(reason);
  }
}
