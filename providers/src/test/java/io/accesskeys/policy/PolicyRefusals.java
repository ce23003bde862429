package io.accesskeys.policy;

import java.util.Map;

/** The way of tests in other packages to a change of the policy that was refused. */
public final class PolicyRefusals {

  private PolicyRefusals() {}

  /** Each setting that is wrong, with the reason. */
  public static InvalidPolicyException of(Map<String, String> reasons) {
    return new InvalidPolicyException(reasons);
  }
}
