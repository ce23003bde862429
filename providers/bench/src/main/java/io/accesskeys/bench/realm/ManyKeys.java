package io.accesskeys.bench.realm;

import io.accesskeys.bench.Database;
import java.time.Instant;

/**
 * Keys by the million, written straight into the database: in all states, of thousands of owners,
 * one in fifty of alice. Nobody knows their secrets. Their ids begin as the realm's does, so that
 * several realms of one database can have such keys.
 */
public final class ManyKeys {

  private ManyKeys() {}

  /**
   * Adds this many keys to a realm that was made of the shipped file.
   *
   * @param ofAlice how many of them, about
   */
  public static void fill(Database.OnPostgres database, TestRealm realm, int keys, int ofAlice) {
    String realmId = realm.admin("GET", "", null).expect(200).text("id");
    String owner = TestRealm.id(realm.user("alice"));
    String client = TestRealm.id(realm.client("acme-api"));
    long now = Instant.now().toEpochMilli();
    // The owners are users, or upkeep would take the keys away while they are looked at.
    String rows =
        """
        insert into user_entity (id, realm_id, username, email_constraint, email_verified, enabled, not_before)
        select 'owner-' || n, '%1$s', 'owner-' || n, 'owner-' || n, false, true, 0 from generate_series(0, 199) n
        on conflict do nothing;
        insert into access_key (id, realm_id, kind, prefix, owner_id, client_id, name, scopes, restrictions,
          created_at, created_by, expires_at, suspended_at, suspended_by, suspended_by_kind, exposed_at, revoked_at, not_before, version,
          classic, restricted, name_order)
        select substr('%1$s', 1, 4) || lpad(i::text, 12, '0'), '%1$s', case when i %% 1000 = 0 then 'api-key' else 'personal-access-token' end,
          'kcpat', case when i %% %6$d = 0 then '%2$s' else 'owner-' || i %% 200 end, '%3$s', 'key ' || i, 'orders:read',
          '[]', %4$d - i * 60000::bigint, 'x', %4$d + (i %% 400 - 100) * 86400000::bigint,
          case when i %% 200 = 1 then %4$d - i end, 'x', 'administrator',
          case when i %% 500 = 2 then %4$d - i end,
          case when i %% 5 = 3 then %4$d - i end,
          case when i %% 700 = 4 then %4$d + 86400000 end, 1, false, i %% 3 = 0,
          encode(convert_to('key ' || i, 'UTF8'), 'hex')
        from generate_series(1, %5$d) i;
        insert into access_key_secret (realm_id, key_id, secret_number, algorithm, hash, hint, created_at, retires_at)
        select '%1$s', substr('%1$s', 1, 4) || lpad(i::text, 12, '0'), n, 'access-keys-sha-256', 'x', 'abcd', %4$d - i,
          case when n = 1 and i %% 100 = 5 then %4$d + 86400000 end
        from generate_series(1, %5$d) i, generate_series(1, 2) n where n = 1 or i %% 100 = 5;
        insert into access_key_usage (key_id, realm_id, idle_since, use_count)
        select substr('%1$s', 1, 4) || lpad(i::text, 12, '0'), '%1$s', %4$d - i * 60000::bigint, 0 from generate_series(1, %5$d) i;
        analyze access_key; analyze access_key_secret; analyze access_key_usage
        """
            .formatted(realmId, owner, client, now, keys, keys / ofAlice);
    database.server().sql(database.name(), rows);
  }
}
