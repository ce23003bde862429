package io.accesskeys.transfer;

import static io.accesskeys.model.SampleRealm.API;
import static io.accesskeys.model.SampleRealm.PERSON;
import static io.accesskeys.model.SampleRealm.ROBOT;
import static io.accesskeys.model.SampleRealm.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.ActorKind;
import io.accesskeys.key.Grant;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.KeyText;
import io.accesskeys.key.Usage;
import io.accesskeys.key.Validity;
import io.accesskeys.key.Validity.Revocation;
import io.accesskeys.key.Validity.Suspension;
import io.accesskeys.management.Actors;
import io.accesskeys.management.KeyImporter.BeyondPolicy;
import io.accesskeys.management.KeyManager;
import io.accesskeys.model.SampleRealm;
import io.accesskeys.model.SampleRealm.Stored;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.store.KeyStore;
import io.accesskeys.transfer.KeyImport.Outcome;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of each row that is imported, and of keys that are exported. */
final class KeyImportTest {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Instant PAST = Instant.parse("2026-03-01T00:00:00Z");

  private final SampleRealm realm = new SampleRealm();

  /** An id that no key of any realm has. */
  private final String free = KeyText.generate("kcpat", RANDOM).id();

  private List<Outcome> addAll(BeyondPolicy beyondPolicy, TransferRow... rows) {
    return realm.ask(
        (session, model) ->
            new KeyImport(
                    session,
                    model,
                    new KeyManager(session, RealmPolicy.of(session, model), RANDOM, Instant.now())
                        .importAll(beyondPolicy, Actors.administrator()))
                .addAll(List.of(rows)));
  }

  private Outcome add(TransferRow row) {
    return addAll(BeyondPolicy.REFUSE, row).get(0);
  }

  private Optional<TransferRow> exported(String id) {
    return realm.ask(
        (session, model) ->
            new KeyExport(session, model).row(SampleRealm.find(session, model, id)));
  }

  private TransferRow row(KeyKind kind) {
    return exported(realm.key(kind).id()).orElseThrow();
  }

  /** A row like that of a key, whose id is free. */
  private TransferRow rowOfNoKey(KeyKind kind) {
    return Rows.with(row(kind), "'id':'" + free + "'");
  }

  private void remove(AccessKey key) {
    realm.change(
        (session, model) ->
            session.getProvider(KeyStore.class).removal().removeOwnedBy(model, key.ownerId()));
  }

  private boolean isStored(String id) {
    return realm.ask(
        (session, model) -> session.getProvider(KeyStore.class).find(model, id).isPresent());
  }

  private static Outcome created(String id) {
    return new Outcome(id, "created", null, null);
  }

  private static Outcome unchanged(String id) {
    return new Outcome(id, "unchanged", null, null);
  }

  private static Outcome conflict(String id) {
    return new Outcome(id, "conflict", "id", "is the id of another key");
  }

  @Nested
  class ThePolicyAsItStands {

    private Outcome keep(TransferRow row) {
      return addAll(BeyondPolicy.KEEP, row).get(0);
    }

    /** Nothing is stored of it, unless it shall be kept, and then it is said what is wrong. */
    private void isBeyond(TransferRow row, String field, String reason) {
      Outcome refused = add(row);
      assertThat(refused.result()).isEqualTo("refused");
      assertThat(refused.field()).isEqualTo(field);
      assertThat(refused.reason()).contains(reason, "?beyondPolicy=keep");
      assertThat(isStored(row.id())).isFalse();
      Outcome kept = keep(row);
      assertThat(kept.result()).isEqualTo("created");
      assertThat(kept.field()).isEqualTo(field);
      assertThat(kept.reason()).startsWith("Kept beyond the policy: ").contains(reason);
      assertThat(exported(row.id())).hasValue(row);
      assertThat(add(row)).isEqualTo(unchanged(row.id()));
    }

    private TransferRow until(Instant end) {
      return Rows.with(rowOfNoKey(KeyKind.PERSONAL_ACCESS_TOKEN), "'expiresAt':'" + end + "'");
    }

    @Test
    void boundsTheLifetime() {
      realm.policy(Map.of("personal-access-token.max-lifetime", "P300D"));
      isBeyond(rowOfNoKey(KeyKind.PERSONAL_ACCESS_TOKEN), "expiresAt", "must be at most PT7200H");
    }

    @Test
    void allowsNoKeyWithoutAnEnd() {
      TransferRow row = Rows.without(rowOfNoKey(KeyKind.PERSONAL_ACCESS_TOKEN), "expiresAt");
      isBeyond(row, "expiresAt", "must be at most PT8760H after its creation or renewal");
    }

    @Test
    void isNotStretchedByACreationThatLiesAhead() {
      Instant ahead = Instant.parse("2090-01-01T00:00:00Z");
      TransferRow row = Rows.with(until(ahead.plusSeconds(60)), "'createdAt':'" + ahead + "'");
      assertThat(add(row).field()).isEqualTo("expiresAt");
    }

    @Test
    void leavesKeysAloneThatNobodyCanUse() {
      TransferRow ended = until(Instant.parse("2026-11-01T00:00:00Z"));
      TransferRow row = Rows.with(ended, "'createdAt':'2020-01-01T00:00:00Z'");
      assertThat(add(row)).isEqualTo(created(free));
      TransferRow revoked =
          Rows.with(
              rowOfNoKey(KeyKind.API_KEY),
              "'id':'%s','expiresAt':'2099-01-01T00:00:00Z','revokedAt':'2026-03-01T00:00:00Z'"
                  .formatted(KeyText.generate("kcak", RANDOM).id()));
      assertThat(add(revoked).result()).isEqualTo("created");
    }

    @Test
    void requiresRestrictionsThatKeepSomebodyOut() {
      realm.policy(Map.of("personal-access-token.required-restrictions", "ip"));
      TransferRow row = rowOfNoKey(KeyKind.PERSONAL_ACCESS_TOKEN);
      assertThat(add(row).field()).isEqualTo("restrictions");
      String ip = "'restrictions':[{'type':'ip','allow':['%s']}]";
      isBeyond(Rows.with(row, ip.formatted("::/0")), "restrictions", "counts as none");
      TransferRow other = Rows.with(row, "'id':'" + KeyText.generate("kcpat", RANDOM).id() + "'");
      assertThat(add(Rows.with(other, ip.formatted("10.0.0.0/8"))).result()).isEqualTo("created");
    }

    @Test
    void switchesKindsOff() {
      TransferRow row = rowOfNoKey(KeyKind.CLIENT_SECRET);
      realm.policy(Map.of("client-secret.enabled", "false"));
      isBeyond(
          row,
          "kind",
          "is disabled in this realm. Ask an administrator to enable it in the policy");
    }

    @Test
    void boundsTheKeysOfAnOwner() {
      TransferRow row = rowOfNoKey(KeyKind.API_KEY);
      realm.policy(Map.of("api-key.max-per-owner", "1"));
      isBeyond(row, "owner", "has 1 keys, and may have 1");
    }

    @Test
    void countsWhatTheSameImportHasStored() {
      realm.policy(Map.of("api-key.max-per-owner", "2"));
      TransferRow row = rowOfNoKey(KeyKind.API_KEY);
      TransferRow other = Rows.with(row, "'id':'" + KeyText.generate("kcak", RANDOM).id() + "'");
      List<String> results =
          addAll(BeyondPolicy.REFUSE, row, other).stream().map(Outcome::result).toList();
      assertThat(results).containsExactly("created", "refused");
    }

    @Test
    void imposesSchedules() {
      TransferRow row = rowOfNoKey(KeyKind.PERSONAL_ACCESS_TOKEN);
      realm.policy(Map.of("personal-access-token.roll-every", "P30D"));
      isBeyond(row, "roll.every", "must be at most P30D");
    }

    @Test
    void isNamedWithAllThatAKeyIsBeyond() {
      TransferRow row = rowOfNoKey(KeyKind.PERSONAL_ACCESS_TOKEN);
      realm.policy(
          Map.of(
              "personal-access-token.required-restrictions", "ip",
              "personal-access-token.max-lifetime", "P1D"));
      assertThat(add(row).reason()).contains("expiresAt must be", "; restrictions must have");
    }

    @Test
    void letsNoKeyInWhileItCannotBeRead() {
      TransferRow row = rowOfNoKey(KeyKind.PERSONAL_ACCESS_TOKEN);
      realm.policy(Map.of("max-overlap", "long"));
      for (Outcome outcome : List.of(add(row), keep(row))) {
        assertThat(outcome.result()).isEqualTo("refused");
        assertThat(outcome.reason()).contains("has to be corrected first: max-overlap");
      }
      assertThat(isStored(free)).isFalse();
    }
  }

  @Nested
  class ARowOfAKey {

    @ParameterizedTest
    @EnumSource
    void isCreatedWhereItsIdIsFreeAndUnchangedFromThenOn(KeyKind kind) {
      TransferRow row = rowOfNoKey(kind);
      assertThat(add(row)).isEqualTo(created(free));
      assertThat(exported(free)).hasValue(row);
      assertThat(add(row)).isEqualTo(unchanged(free));
      assertThat(exported(free)).hasValue(row);
    }

    @ParameterizedTest
    @EnumSource
    void thatIsStillThereIsUnchanged(KeyKind kind) {
      TransferRow row = row(kind);
      assertThat(add(row)).isEqualTo(unchanged(row.id()));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "'name':'another'",
          "'version':2",
          "'scopes':['orders:read']",
          "'expiresAt':'2099-01-01T00:00:00Z'",
          "'revokedAt':'2026-03-01T00:00:00Z'",
          "'prefix':'other'",
        })
    void thatDiffersFromTheKeyOfItsIdIsLeftAlone(String difference) {
      TransferRow row = row(KeyKind.PERSONAL_ACCESS_TOKEN);
      assertThat(add(Rows.with(row, difference))).isEqualTo(conflict(row.id()));
      assertThat(exported(row.id())).hasValue(row);
    }

    @Test
    void withTheHashOfAnotherSecretIsLeftAlone() {
      TransferRow row = row(KeyKind.PERSONAL_ACCESS_TOKEN);
      ObjectNode json = Rows.json(row);
      ((ObjectNode) json.at("/secrets/0")).put("hash", "A".repeat(43));
      assertThat(add(Rows.of(json))).isEqualTo(conflict(row.id()));
      assertThat(exported(row.id())).hasValue(row);
    }

    @Test
    void mayHaveTheIdOfAKeyOfAnotherRealm() {
      SampleRealm other = new SampleRealm();
      String elsewhere = other.key(KeyKind.PERSONAL_ACCESS_TOKEN).id();
      TransferRow row = Rows.with(row(KeyKind.PERSONAL_ACCESS_TOKEN), "'id':'" + elsewhere + "'");
      assertThat(add(row)).isEqualTo(created(elsewhere));
      assertThat(isStored(elsewhere)).isTrue();
      String there = other.ask((session, model) -> model.getId());
      AccessKey left = other.ask((session, model) -> SampleRealm.find(session, model, elsewhere));
      assertThat(left.realmId()).isEqualTo(there);
    }

    @Test
    void ofAnotherRealmFindsItsOwnerByUserName() {
      SampleRealm other = new SampleRealm();
      String id = other.key(KeyKind.PERSONAL_ACCESS_TOKEN).id();
      TransferRow row =
          other.ask(
              (session, model) ->
                  new KeyExport(session, model)
                      .row(SampleRealm.find(session, model, id))
                      .orElseThrow());
      assertThat(add(row)).isEqualTo(created(id));
      assertThat(add(row)).isEqualTo(unchanged(id));
      String here = realm.ask((session, model) -> user(session, model, PERSON).getId());
      AccessKey copy = realm.ask((session, model) -> SampleRealm.find(session, model, id));
      assertThat(copy.ownerId()).isEqualTo(here);
      assertThat(copy.validity().created().by()).as("who made it, here").isEqualTo(here);
    }

    @Test
    void isUnchangedThoughTheKeyWasUsedSince() {
      String id = realm.key(KeyKind.PERSONAL_ACCESS_TOKEN, KeyImportTest::used).id();
      TransferRow used = exported(id).orElseThrow();
      assertThat(used.usage().count()).isEqualTo(3);
      ObjectNode before = Rows.json(used);
      before.remove("usage");
      ((ObjectNode) before.at("/secrets/0")).remove("lastUsedAt");
      assertThat(add(Rows.of(before))).isEqualTo(unchanged(id));
      assertThat(exported(id)).hasValue(used);
    }
  }

  private static AccessKey used(AccessKey key) {
    return new AccessKey(
        key.realmId(),
        key.id(),
        key.kind(),
        key.prefix(),
        key.ownerId(),
        key.label(),
        key.grant(),
        key.validity(),
        key.roll(),
        List.of(key.current().used(PAST)),
        new Usage(Optional.of(PAST), Optional.of("203.0.113.7"), 3),
        key.version());
  }

  @Nested
  class AKeyThatWas {

    private void assertMoves(UnaryOperator<AccessKey> changed) {
      String id = realm.key(KeyKind.PERSONAL_ACCESS_TOKEN, changed).id();
      AccessKey before = realm.ask((session, model) -> SampleRealm.find(session, model, id));
      TransferRow row = exported(id).orElseThrow();
      remove(before);
      assertThat(isStored(id)).isFalse();
      assertThat(add(Rows.of(Rows.json(row)))).isEqualTo(created(id));
      AccessKey after = realm.ask((session, model) -> SampleRealm.find(session, model, id));
      assertThat(after).isEqualTo(before);
      assertThat(add(row)).isEqualTo(unchanged(id));
    }

    @Test
    void leftAloneIsTheSameAfterItsMove() {
      assertMoves(key -> key);
    }

    @Test
    void usedIsTheSameAfterItsMove() {
      assertMoves(KeyImportTest::used);
    }

    @Test
    void rolledIsTheSameAfterItsMove() {
      assertMoves(
          key ->
              key.with(
                  List.of(
                      KeySecret.current(2, KeyText.generate(key.prefix(), key.id(), RANDOM), PAST),
                      key.current().retiring(PAST))));
    }

    @Test
    void suspendedExposedAndRevokedIsTheSameAfterItsMove() {
      assertMoves(
          key ->
              key.with(
                  new Validity(
                      key.validity().created(),
                      Optional.of(PAST),
                      Optional.of(PAST),
                      Optional.empty(),
                      Optional.of(new Suspension(PAST, "somebody", ActorKind.TRANSFER)),
                      Optional.of(PAST),
                      Optional.of(new Revocation(PAST, Optional.of("old"))),
                      Optional.of(PAST))));
    }
  }

  @Nested
  class ARowThatIsWrong {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '"',
        textBlock =
            """
            prefix  | is no prefix of a key         | 'prefix':'No'
            kind    | is not a kind of key             | 'kind':'x'
            name    | must have 1 to 120 characters | 'name':''
            secrets | must have 1 to 10 entries     | 'secrets':[]
            version | must be a positive number     | 'version':0
            restrictions[0].type | is not a known restriction; known: android, client, ios, ip, referrer | 'restrictions':[{'type':'x'}]
            """)
    void isNamedAndStoresNothing(String field, String reason, String members) {
      assertThat(add(Rows.with(rowOfNoKey(KeyKind.PERSONAL_ACCESS_TOKEN), members)))
          .isEqualTo(new Outcome(free, "invalid", field, reason));
      assertThat(isStored(free)).isFalse();
    }

    @Test
    void isNamedByTheIdThatItHas() {
      TransferRow row = Rows.with(row(KeyKind.PERSONAL_ACCESS_TOKEN), "'id':'short'");
      assertThat(add(row)).isEqualTo(new Outcome("short", "invalid", "id", "is no id of a key"));
    }
  }

  @Nested
  class TheOwner {

    private static final String NOBODY =
        "is not a user or client of this realm that can own a key of this kind";

    private void refused(TransferRow row) {
      assertThat(add(row)).isEqualTo(new Outcome(free, "invalid", "owner", NOBODY));
      assertThat(isStored(free)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void mustBeSomebodyWhoIsHere(KeyKind kind) {
      TransferRow row = rowOfNoKey(kind);
      refused(Rows.with(row, "'owner':{'user':'nobody'}"));
      refused(Rows.with(row, "'owner':{'client':'nothing'}"));
      refused(Rows.with(row, "'owner':{}"));
      refused(Rows.with(row, "'owner':{'x':'y'}"));
      refused(Rows.without(row, "owner"));
    }

    @Test
    void ofAPersonsKeyIsAPerson() {
      TransferRow row = rowOfNoKey(KeyKind.PERSONAL_ACCESS_TOKEN);
      refused(Rows.with(row, "'owner':{'client':'robot'}"));
      refused(Rows.with(row, "'owner':{'user':'" + PERSON + "'}"));
      String account =
          realm.ask((session, model) -> user(session, model, "service-account-robot").getId());
      refused(Rows.with(row, "'owner':{'user':'" + account + "'}"));
      refused(
          Rows.with(row, "'owner':{'user':'" + row.owner().get("user") + "','client':'robot'}"));
    }

    @ParameterizedTest
    @EnumSource(names = {"API_KEY", "CLIENT_SECRET"})
    void ofAClientsKeyIsAClient(KeyKind kind) {
      String person = realm.ask((session, model) -> user(session, model, PERSON).getId());
      TransferRow row = rowOfNoKey(kind);
      refused(Rows.with(row, "'owner':{'user':'" + person + "'}"));
      refused(Rows.with(row, "'owner':{'client':'robot','user':'" + person + "'}"));
    }

    @Test
    void ofAnApiKeyIsAClientWithAServiceAccount() {
      refused(Rows.with(rowOfNoKey(KeyKind.API_KEY), "'owner':{'client':'" + API + "'}"));
    }
  }

  @Nested
  class TheClient {

    private void refused(TransferRow row) {
      assertThat(add(row))
          .isEqualTo(
              new Outcome(
                  free,
                  "invalid",
                  "client",
                  "is not a client of this realm that keys of this kind can be issued for"));
      assertThat(isStored(free)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void mustBeThere(KeyKind kind) {
      TransferRow row = rowOfNoKey(kind);
      refused(Rows.with(row, "'client':'nothing'"));
      refused(Rows.without(row, "client"));
    }

    @Test
    void ofAClientSecretIsItsOwner() {
      refused(Rows.with(rowOfNoKey(KeyKind.CLIENT_SECRET), "'client':'" + API + "'"));
    }
  }

  @Nested
  class AnExport {

    @ParameterizedTest
    @EnumSource
    void namesOwnerAndClientAsPeopleDo(KeyKind kind) {
      TransferRow row = row(kind);
      if (kind == KeyKind.PERSONAL_ACCESS_TOKEN) {
        assertThat(row.owner())
            .containsOnlyKeys("user", "username")
            .containsValues(
                realm.ask((session, model) -> user(session, model, PERSON).getId()), PERSON);
      } else {
        assertThat(row.owner()).containsOnlyKeys("client").containsValue(ROBOT);
      }
      assertThat(row.client()).isEqualTo(kind == KeyKind.CLIENT_SECRET ? ROBOT : API);
    }

    @Test
    void holdsNoSecretAndShowsNothingAsText() {
      Stored key = realm.key(KeyKind.PERSONAL_ACCESS_TOKEN);
      TransferRow row = exported(key.id()).orElseThrow();
      assertThat(Rows.json(row).toString())
          .doesNotContain(key.text().reveal().substring(23))
          .contains(key.text().hash().value());
      assertThat(row).hasToString("access key " + key.id());
      assertThat(row.secrets()).hasToString("[secret 1]");
    }

    @Test
    void leavesOutWhatIsNotSet() {
      assertThat(Rows.json(row(KeyKind.PERSONAL_ACCESS_TOKEN)).fieldNames())
          .toIterable()
          .containsExactlyInAnyOrder(
              "id",
              "kind",
              "prefix",
              "owner",
              "client",
              "name",
              "scopes",
              "restrictions",
              "createdAt",
              "createdBy",
              "expiresAt",
              "secrets",
              "usage",
              "version");
    }

    @Test
    void leavesOutKeysThatNobodyCouldUse() {
      String ofNobody =
          realm.key(KeyKind.PERSONAL_ACCESS_TOKEN, key -> SampleRealm.of(key, "nobody")).id();
      assertThat(exported(ofNobody)).isEmpty();
      String ofAPerson = realm.ask((session, model) -> user(session, model, PERSON).getId());
      assertThat(exported(realm.key(KeyKind.API_KEY, key -> SampleRealm.of(key, ofAPerson)).id()))
          .isEmpty();
      assertThat(exported(ofNoApi(KeyKind.PERSONAL_ACCESS_TOKEN))).isEmpty();
    }

    /** The id of a key for an API client that is not there. */
    private String ofNoApi(KeyKind kind) {
      return realm
          .key(
              kind,
              key ->
                  key.with(
                      key.label(),
                      new Grant(
                          "nothing",
                          key.grant().form(),
                          key.grant().scopes(),
                          List.of(),
                          List.of())))
          .id();
    }
  }
}
