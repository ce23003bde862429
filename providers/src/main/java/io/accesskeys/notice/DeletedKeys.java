package io.accesskeys.notice;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keys that were deleted together, as a mail tells of them.
 *
 * @param name what was removed: a person, or a client
 * @param clients the API clients that the keys were for, as one text
 * @param count how many
 * @param firstId the id of one of them
 */
public record DeletedKeys(String name, String clients, long count, String firstId) {

  /** What the outbox keeps: the facts of a single key are empty. */
  Map<String, String> facts(Instant now) {
    Map<String, String> facts = new TreeMap<>();
    for (String ofOneKey :
        new String[] {"redacted", "kind", "expires", "retires", "deadline", "reason", "link"}) {
      facts.put(ofOneKey, "");
    }
    facts.put("name", name);
    facts.put("client", clients);
    facts.put("count", String.valueOf(count));
    facts.put("at", now.toString());
    return facts;
  }
}
