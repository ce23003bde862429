package io.accesskeys.verification;

import io.accesskeys.key.AccessKey;
import io.accesskeys.restriction.Mode;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.verification.Decision.Cause;
import io.accesskeys.verification.Decision.Objection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a key's restrictions have against a request.
 *
 * @param enforced the first objection of a restriction that is enforced, which refuses the request;
 *     empty if there is none
 * @param reported those of restrictions that only report, in their order; of a refused request none
 */
record Objections(Optional<Cause> enforced, List<Objection> reported) {

  private static final Objections NONE = new Objections(Optional.empty(), List.of());

  /** The objections to this request. Nothing is allocated where there are none. */
  static Objections of(AccessKey key, RequestFacts facts) {
    List<Objection> reported = List.of();
    for (Restriction restriction : key.grant().restrictions()) {
      Optional<String> word = restriction.allows(facts).objection();
      if (word.isPresent()) {
        Objection objection = new Objection(restriction.type(), word.get());
        if (Mode.of(restriction) == Mode.ENFORCE) {
          return new Objections(Optional.of(objection), List.of());
        }
        reported = with(reported, objection);
      }
    }
    return reported.isEmpty() ? NONE : new Objections(Optional.empty(), List.copyOf(reported));
  }

  private static List<Objection> with(List<Objection> before, Objection one) {
    List<Objection> all = before.isEmpty() ? new ArrayList<>() : before;
    all.add(one);
    return all;
  }
}
