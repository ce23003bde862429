package io.accesskeys.token;

/** A token request that asks for more than the key has, or for what cannot be read. */
public final class ExcessiveRightsException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String error;

  /**
   * @param error the OAuth error code
   * @param description a sentence for whoever wrote the request, without secrets
   */
  ExcessiveRightsException(String error, String description) {
    super(description);
    this.error = error;
  }

  public String error() {
    return error;
  }
}
