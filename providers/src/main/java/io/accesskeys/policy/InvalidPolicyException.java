package io.accesskeys.policy;

import io.accesskeys.key.RefusedRequestException;
import java.util.Map;
import java.util.TreeMap;

/** A change of the policy that cannot be. Nothing was changed. */
public final class InvalidPolicyException extends RefusedRequestException {

  private static final long serialVersionUID = 1L;

  private final transient Map<String, String> reasons;

  InvalidPolicyException(Map<String, String> reasons) {
    super("Settings are wrong: " + String.join(", ", new TreeMap<>(reasons).keySet()));
    this.reasons = new TreeMap<>(reasons);
  }

  /** Each setting that is wrong, by name, with the reason. */
  public Map<String, String> reasons() {
    return reasons;
  }
}
