package io.accesskeys.transfer;

import static io.accesskeys.model.SampleRealm.API;
import static io.accesskeys.model.SampleRealm.PERSON;
import static io.accesskeys.model.SampleRealm.READ;
import static io.accesskeys.model.SampleRealm.ROBOT;
import static io.accesskeys.model.SampleRealm.WRITE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.accesskeys.SeededRandom;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeyText;
import io.accesskeys.key.LegacyAlgorithm;
import io.accesskeys.management.Actor;
import io.accesskeys.management.Actors;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.management.IssuedKey;
import io.accesskeys.management.KeyConflictException;
import io.accesskeys.management.KeyImporter.BeyondPolicy;
import io.accesskeys.management.KeyManager;
import io.accesskeys.management.RollRequest;
import io.accesskeys.model.SampleRealm;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.restriction.RequestHeaders;
import io.accesskeys.store.KeyStore;
import io.accesskeys.transfer.KeyImport.Outcome;
import io.accesskeys.verification.Decision;
import io.accesskeys.verification.Decision.Accepted;
import io.accesskeys.verification.Decision.Refused;
import io.accesskeys.verification.Reason;
import io.accesskeys.verification.Requirements;
import io.accesskeys.verification.Verifier;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Keys of another system: from its table to the decision on them. */
final class LegacyKeysTest {

  private static final String TEXT = "sk_live_0123456789";
  private static final String OTHER = "sk_live_9876543210";
  private static final Instant EXPIRES = Instant.parse("2027-03-01T00:00:00Z");

  private final SampleRealm realm = new SampleRealm();
  private final SeededRandom random = new SeededRandom(System.nanoTime());

  @BeforeEach
  void takeLegacyKeys() {
    realm.policy(
        Map.of(
            "legacy-prefixes", "sk_live_",
            "legacy-last-day", LocalDate.now(ZoneOffset.UTC).plusDays(30).toString(),
            "api-key.max-lifetime", "none",
            "personal-access-token.max-lifetime", "none"));
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private List<Outcome> add(KeyKind kind, String table) {
    return realm.ask(
        (session, model) -> {
          KeyImport into = into(session, model, BeyondPolicy.REFUSE);
          CsvImport.Options options =
              new CsvImport.Options(kind, LegacyAlgorithm.SHA_256, "admin", Instant.now(), random);
          try {
            return new CsvImport(session, model, into, options).add(table);
          } catch (InvalidRequestException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
          }
        });
  }

  /** The one outcome for a table of one row. */
  private Outcome add(String hash, String owner, String rest) {
    return add(
            KeyKind.API_KEY,
            "hash,owner,client,scopes,expires\n%s,%s,%s,%s\n".formatted(hash, owner, API, rest))
        .get(0);
  }

  private String added(String text) {
    Outcome outcome = add(hash(text), ROBOT, READ + " " + WRITE + "," + EXPIRES);
    assertThat(outcome.result()).as(outcome.toString()).isEqualTo("created");
    return outcome.id();
  }

  private Decision verify(String presented) {
    return realm.ask(
        (session, model) ->
            new Verifier(session)
                .verify(
                    presented,
                    new RequestFacts(
                        Optional.of("203.0.113.7"),
                        Optional.empty(),
                        RequestHeaders.NONE,
                        Instant.now()),
                    Requirements.NONE));
  }

  private void refused(String presented, Reason reason) {
    assertThat(verify(presented))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  private AccessKey find(String id) {
    return realm.ask((session, model) -> SampleRealm.find(session, model, id));
  }

  @Nested
  class ATable {

    @Test
    void makesAKeyOfEachRow() {
      AccessKey key = find(added(TEXT));
      assertThat(key.isLegacy()).isTrue();
      assertThat(key.kind()).isEqualTo(KeyKind.API_KEY);
      assertThat(key.prefix()).isEqualTo("kcak");
      assertThat(key.validity().expires()).contains(EXPIRES);
      assertThat(realm.names(key.grant().scopes())).containsExactlyInAnyOrder(READ, WRITE);
      assertThat(key.redacted()).isEqualTo("…");
    }

    @Test
    void mayNameAPersonAndGiveEachKeyANameAndAHint() {
      Outcome outcome =
          add(
                  KeyKind.PERSONAL_ACCESS_TOKEN,
                  "owner,hint,name,hash,client\n%s,wxyz,\"ci, old\",%s,%s\n"
                      .formatted(PERSON, hash(TEXT), API))
              .get(0);
      AccessKey key = find(outcome.id());
      assertThat(key.name()).isEqualTo("ci, old");
      assertThat(key.redacted()).isEqualTo("…wxyz");
    }

    @Test
    void twiceChangesNothing() {
      String id = added(TEXT);
      assertThat(add(hash(TEXT), ROBOT, ",")).isEqualTo(new Outcome(id, "unchanged", null, null));
    }

    @Test
    void withAHashThatAnotherOwnersKeyHasIsAConflict() {
      String id = added(TEXT);
      Outcome other =
          add(
                  KeyKind.PERSONAL_ACCESS_TOKEN,
                  "hash,owner,client\n%s,%s,%s".formatted(hash(TEXT), PERSON, API))
              .get(0);
      assertThat(other)
          .isEqualTo(new Outcome(null, "conflict", "hash", "is that of the key " + id));
    }

    @Test
    void withAHashThatWasImportedUnderAnotherAlgorithmIsAConflict() {
      String id = added(TEXT);
      String table = "hash,owner,client\n%s,%s,%s".formatted(hash(TEXT), ROBOT, API);
      List<Outcome> outcomes =
          realm.ask(
              (session, model) -> {
                KeyImport into = into(session, model, BeyondPolicy.REFUSE);
                CsvImport.Options options =
                    new CsvImport.Options(
                        KeyKind.API_KEY,
                        LegacyAlgorithm.HMAC_SHA_256,
                        "admin",
                        Instant.now(),
                        random);
                try {
                  return new CsvImport(session, model, into, options).add(table);
                } catch (InvalidRequestException e) {
                  throw new IllegalArgumentException(e.getMessage(), e);
                }
              });
      assertThat(outcomes)
          .containsExactly(new Outcome(null, "conflict", "hash", "is that of the key " + id));
    }

    @Test
    void mayBeInAnotherRealmToo() {
      String id = added(TEXT);
      SampleRealm copy = new SampleRealm();
      TransferRow row =
          realm.ask(
              (session, model) ->
                  new KeyExport(session, model)
                      .row(SampleRealm.find(session, model, id))
                      .orElseThrow());
      Outcome copied =
          copy.ask((session, model) -> into(session, model, BeyondPolicy.KEEP).add(row));
      assertThat(copied.result()).isEqualTo("created");
      assertThat(copied.id()).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({
      "abc, robot, hash",
      "zz00000000000000000000000000000000000000000000000000000000000000, robot, hash",
      "$2b$12$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234, robot, hash",
      "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, nobody, owner"
    })
    void saysWhatIsWrongWithARow(String hash, String owner, String field) {
      Outcome outcome = add(hash, owner, READ + ",");
      assertThat(outcome.result()).isEqualTo("invalid");
      assertThat(outcome.field()).isEqualTo(field);
    }

    @Test
    void withOtherColumnsIsRefusedWhole() {
      for (String header :
          List.of("hash,owner", "hash,owner,client,colour", "hash,hash,owner,client")) {
        assertThatThrownBy(() -> add(KeyKind.API_KEY, header + "\n"))
            .hasMessageContaining("The first line must name the columns");
      }
    }

    @Test
    void isRefusedWhereNoLegacyKeysAreAccepted() {
      realm.policy(
          Map.of("legacy-last-day", LocalDate.now(ZoneOffset.UTC).minusDays(2).toString()));
      Outcome outcome = add(hash(TEXT), ROBOT, READ + ",");
      assertThat(outcome.result()).isEqualTo("refused");
      assertThat(outcome.reason()).contains("legacy-last-day accepts none");
    }
  }

  @Nested
  class ARow {

    private TransferRow row(String id, String difference) {
      TransferRow row =
          realm.ask(
              (session, model) ->
                  new KeyExport(session, model)
                      .row(SampleRealm.find(session, model, id))
                      .orElseThrow());
      return Rows.with(row, difference);
    }

    private Outcome add(TransferRow row) {
      return realm.ask((session, model) -> into(session, model, BeyondPolicy.REFUSE).add(row));
    }

    @Test
    void withTheHashOfAnotherKeyIsAConflict() {
      String id = added(TEXT);
      String free = KeyText.newId(random);
      assertThat(add(row(id, "'id':'" + free + "'")))
          .isEqualTo(new Outcome(free, "conflict", "secrets", "has a hash of the key " + id));
    }

    @Test
    void ofAClientSecretIsInvalid() {
      String id = added(TEXT);
      Outcome outcome =
          add(
              row(
                  id,
                  "'kind':'client-secret','client':'robot','scopes':[],'id':'"
                      + KeyText.newId(random)
                      + "'"));
      assertThat(outcome.result()).isEqualTo("invalid");
      assertThat(outcome.field()).isEqualTo("secrets[0].algorithm");
    }
  }

  @Nested
  class TheText {

    @Test
    void isAccepted() {
      String id = added(TEXT);
      assertThat(verify(TEXT))
          .isInstanceOfSatisfying(
              Accepted.class,
              accepted -> {
                assertThat(accepted.key().id()).isEqualTo(id);
                assertThat(accepted.scopes()).containsExactlyInAnyOrder(READ, WRITE);
              });
    }

    @Test
    void isAcceptedAlthoughItWasUnknownAMomentAgo() {
      refused(TEXT, Reason.UNKNOWN);
      added(TEXT);
      assertThat(verify(TEXT)).isInstanceOf(Accepted.class);
    }

    @Test
    void thatNoKeyHasIsUnknown() {
      added(TEXT);
      refused(OTHER, Reason.UNKNOWN);
    }

    @Test
    void withAnotherPrefixIsMalformed() {
      added("sk_test_0123456789");
      refused("sk_test_0123456789", Reason.MALFORMED);
    }

    @Test
    void ofAnotherRealmIsUnknown() {
      new LegacyKeysTest().takeAndAdd(TEXT);
      refused(TEXT, Reason.UNKNOWN);
    }

    @Test
    void isRefusedAfterTheLastDay() {
      added(TEXT);
      realm.policy(
          Map.of("legacy-last-day", LocalDate.now(ZoneOffset.UTC).minusDays(2).toString()));
      refused(TEXT, Reason.LEGACY_ENDED);
    }

    @Test
    void isRefusedOnceItsKeyIsRemoved() {
      AccessKey key = find(added(TEXT));
      assertThat(verify(TEXT)).isInstanceOf(Accepted.class);
      realm.change(
          (session, model) ->
              session.getProvider(KeyStore.class).removal().removeOwnedBy(model, key.ownerId()));
      refused(TEXT, Reason.UNKNOWN);
      String again = added(TEXT);
      assertThat(again).isNotEqualTo(key.id());
      assertThat(verify(TEXT)).isInstanceOf(Accepted.class);
    }
  }

  private void takeAndAdd(String text) {
    takeLegacyKeys();
    added(text);
  }

  @Nested
  class TheFirstRoll {

    private IssuedKey roll(String id, Duration overlap) {
      return realm.ask(
          (session, model) -> {
            try {
              return new KeyManager(session, RealmPolicy.of(session, model), random, Instant.now())
                  .roll(
                      SampleRealm.find(session, model, id),
                      new RollRequest(
                          Optional.of(overlap),
                          Optional.empty(),
                          RollRequest.Replace.REFUSE,
                          Optional.empty()),
                      new Actor.Schedule());
            } catch (InvalidRequestException | KeyConflictException e) {
              throw new IllegalStateException(e);
            }
          });
    }

    @Test
    void givesTheKeyOurForm() {
      String id = added(TEXT);
      IssuedKey rolled = roll(id, Duration.ofHours(1));
      assertThat(rolled.text().id()).isEqualTo(id);
      assertThat(rolled.key().isLegacy()).isFalse();
      assertThat(rolled.key().redacted()).startsWith("kcak_" + id.substring(0, 4));
      assertThat(verify(rolled.text().reveal())).isInstanceOf(Accepted.class);
      assertThat(verify(TEXT)).as("during the overlap").isInstanceOf(Accepted.class);
    }

    @Test
    void retiresTheOldText() {
      String id = added(TEXT);
      roll(id, Duration.ZERO);
      refused(TEXT, Reason.RETIRED_SECRET);
    }
  }

  private static KeyImport into(
      KeycloakSession session, RealmModel model, BeyondPolicy beyondPolicy) {
    KeyManager manager =
        new KeyManager(session, RealmPolicy.of(session, model), new SecureRandom(), Instant.now());
    return new KeyImport(session, model, manager.importAll(beyondPolicy, Actors.administrator()));
  }
}
