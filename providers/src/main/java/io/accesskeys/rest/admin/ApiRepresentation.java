package io.accesskeys.rest.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.accesskeys.management.api.ApiCheck;
import io.accesskeys.management.api.ApiPlan;
import io.accesskeys.management.api.Change;
import io.accesskeys.management.api.Step;
import java.util.List;
import org.keycloak.models.ClientModel;

/**
 * What was done to prepare an API client, or would be.
 *
 * @param steps what is left to the administrator
 * @param api how it is now; absent if there is no such client yet
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ApiRepresentation(List<Changed> changed, List<Step> steps, ApiCheck api) {

  /**
   * A change.
   *
   * @param resource the resource type of its admin event
   * @param operation {@code CREATE}, {@code UPDATE} or {@code DELETE}
   * @param name of the client, client scope or role
   */
  record Changed(String resource, String operation, String name, String detail) {

    private static Changed of(Change change) {
      return new Changed(
          change.resource().name(), change.operation().name(), change.name(), change.detail());
    }
  }

  /**
   * An answer.
   *
   * @param client null if there is none
   */
  static ApiRepresentation of(ApiPlan plan, ClientModel client) {
    return new ApiRepresentation(
        plan.changes().stream().map(Changed::of).toList(),
        plan.steps(),
        client == null ? null : ApiCheck.of(client));
  }
}
