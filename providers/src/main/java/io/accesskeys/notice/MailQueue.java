package io.accesskeys.notice;

import io.accesskeys.store.DurableEntities;
import org.keycloak.models.KeycloakSession;

/**
 * How many mails of all realms there are in the outbox.
 *
 * @param pending those that wait to be sent
 * @param failed those that were given up and are not forgotten yet
 */
public record MailQueue(long pending, long failed) {

  /** Counts them. */
  public static MailQueue of(KeycloakSession session) {
    Object[] counts =
        DurableEntities.of(session)
            .createQuery(
                "select count(m.nextAt), count(case when m.nextAt is null and m.sentAt is null"
                    + " then 1 end) from AccessKeyMailEntity m",
                Object[].class)
            .getSingleResult();
    return new MailQueue((Long) counts[0], (Long) counts[1]);
  }
}
