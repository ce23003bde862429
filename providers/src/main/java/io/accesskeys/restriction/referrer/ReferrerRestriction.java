package io.accesskeys.restriction.referrer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.restriction.RequestHeaders;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.Summary;
import io.accesskeys.restriction.Verdict;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The request must come from a page of an allowed website, as the {@code Referer} and {@code
 * Origin} headers of the browser say. Where both are sent they must agree. Where only the origin
 * is, it can stand for a pattern that allows every page of the website, and for no other.
 *
 * @param json the canonical JSON form
 */
record ReferrerRestriction(ObjectNode json, List<String> allow, List<ReferrerPattern> patterns)
    implements Restriction {

  @Override
  public String type() {
    return ReferrerRestrictionType.ID;
  }

  @Override
  public JsonNode toJson() {
    return json.deepCopy();
  }

  @Override
  public Verdict allows(RequestFacts facts) {
    RequestHeaders headers = facts.headers();
    boolean withPage = !headers.all("Referer").isEmpty();
    boolean withOrigin = !headers.all("Origin").isEmpty();
    Optional<URI> page = headers.only("Referer").flatMap(ReferrerPattern::page);
    Optional<URI> origin = headers.only("Origin").flatMap(ReferrerPattern::page);
    if (withPage != page.isPresent() || withOrigin != origin.isPresent()) {
      return new Verdict.Denied("referrer_unreadable");
    }
    if (!withPage) {
      return origin
          .map(
              url ->
                  allowedIf(
                      patterns.stream().anyMatch(each -> each.everyPage() && each.matches(url))))
          .orElseGet(() -> new Verdict.Denied("referrer_unknown"));
    }
    boolean agree = origin.isEmpty() || ReferrerPattern.sameOrigin(page.get(), origin.get());
    return allowedIf(agree && patterns.stream().anyMatch(each -> each.matches(page.get())));
  }

  @Override
  public String summary() {
    return "from the websites " + Summary.of(allow);
  }

  @Override
  public boolean deterrent() {
    return true;
  }

  private static Verdict allowedIf(boolean condition) {
    return Verdict.allowedIf(condition, "referrer_not_allowed");
  }
}
