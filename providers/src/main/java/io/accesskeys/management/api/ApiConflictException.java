package io.accesskeys.management.api;

import io.accesskeys.key.RefusedRequestException;
import java.util.Map;

/** An API client cannot become what it shall be, because of what the realm is. */
public final class ApiConflictException extends RefusedRequestException {

  private static final long serialVersionUID = 1L;

  private final transient Map<String, String> reasons;

  ApiConflictException(Map<String, String> reasons) {
    super(reasons.toString());
    this.reasons = Map.copyOf(reasons);
  }

  /** What stands in the way, by the member of the declaration; at least one. */
  public Map<String, String> reasons() {
    return reasons;
  }
}
