package io.accesskeys.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.management.suggestion.Suggestion;
import io.accesskeys.management.suggestion.Suggestion.Basis;
import io.accesskeys.restriction.ClientNames;
import io.accesskeys.restriction.RealmClientNames;
import java.util.List;
import org.keycloak.models.RealmModel;

/**
 * What a key needs, by what it was used for. What is not suggested is absent.
 *
 * @param scopes the scopes to keep
 * @param restrictions all restrictions that the key would have
 * @param restrictionSummaries one for each restriction, in their order
 * @param basedOn the uses that this rests on; absent if the key was never used
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SuggestionRepresentation(
    List<String> scopes,
    List<JsonNode> restrictions,
    List<RestrictionSummary> restrictionSummaries,
    BasedOn basedOn,
    OutlookRepresentation wouldHaveRefused,
    List<Suggestion.NotSuggested> notSuggested) {

  /** As {@link Basis}, with days such as {@code 2026-11-29}. */
  public record BasedOn(int days, long uses, String from, String to) {

    static BasedOn of(Basis basis) {
      return new BasedOn(
          basis.days(), basis.uses(), basis.from().toString(), basis.to().toString());
    }
  }

  /** A suggestion for a key of this realm. */
  public static SuggestionRepresentation of(RealmModel realm, Suggestion suggestion) {
    ClientNames clients = RealmClientNames.of(realm);
    return new SuggestionRepresentation(
        suggestion.scopes().orElse(null),
        suggestion
            .restrictions()
            .map(all -> all.stream().map(each -> each.shown(clients)).toList())
            .orElse(null),
        suggestion
            .restrictions()
            .map(all -> all.stream().map(each -> RestrictionSummary.of(each, clients)).toList())
            .orElse(null),
        suggestion.basis().map(BasedOn::of).orElse(null),
        OutlookRepresentation.of(suggestion.wouldHaveRefused()),
        suggestion.notSuggested());
  }
}
