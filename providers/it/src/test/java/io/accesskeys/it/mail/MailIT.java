package io.accesskeys.it.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.TestClock;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mails about keys, received over SMTP and looked at in a browser. */
@RequiresTool("chromium")
class MailIT {

  /** Longer than a mail ever waits for its next attempt. */
  private static final Duration NEXT_ATTEMPT = Duration.ofHours(2);

  private static GreenMail smtp;
  private static TestRealm realm;
  private static MailWindow window;

  @BeforeAll
  static void create() {
    window = new MailWindow();
    smtp = new GreenMail(ServerSetup.SMTP.dynamicPort());
    smtp.start();
    realm = TestRealm.create("mail");
    pointTo(smtp.getSmtp().getPort());
    realm.speaksGermanToo("en");
    realm.change(
        realm.client("billing-worker"),
        Map.of(
            "attributes", Map.of("access-keys.contacts", "ops@acme.example, oncall@acme.example")));
  }

  @AfterAll
  static void remove() {
    realm.close();
    smtp.stop();
    window.close();
  }

  @BeforeEach
  void empty() {
    forgetAll();
  }

  private static void forgetAll() {
    try {
      smtp.purgeEmailFromAllMailboxes();
    } catch (FolderException e) {
      throw new AssertionError(e);
    }
  }

  private static void pointTo(int port) {
    realm.change(
        "",
        Map.of(
            "smtpServer",
            Map.of(
                "host", "127.0.0.1",
                "port", String.valueOf(port),
                "from", "keys@acme.example")));
  }

  private static List<MimeMessage> to(String address, String subject) {
    return Stream.of(smtp.getReceivedMessages())
        .filter(mail -> header(mail, "To").contains(address))
        .filter(mail -> subject(mail).contains(subject))
        .toList();
  }

  /** Has everything told that there is to tell. */
  private static void tell() {
    realm.writeUses();
    realm.upkeep();
    realm.sendMails();
  }

  private static MimeMessage await(String address, String subject) {
    tell();
    assertThat(to(address, subject)).as("a mail to %s about %s", address, subject).isNotEmpty();
    MimeMessage mail = to(address, subject).get(0);
    window.look(mail);
    return mail;
  }

  private static String header(Message mail, String name) {
    try {
      return String.join(",", mail.getHeader(name));
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }

  private static String subject(Message mail) {
    try {
      return mail.getSubject();
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }

  private static String whole(MimeMessage mail) {
    try {
      MimeMultipart parts = (MimeMultipart) mail.getContent();
      assertThat(parts.getCount()).isEqualTo(2);
      assertThat(parts.getBodyPart(0).getContentType()).startsWith("text/plain");
      assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
      return parts.getBodyPart(0).getContent().toString()
          + parts.getBodyPart(1).getContent()
          + GreenMailUtil.getWholeMessage(mail);
    } catch (MessagingException | IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Every rule that breaks, once; nobody is told that it was mended. */
  @ParameterizedTest
  @CsvSource({
    "en, Access keys for acme-api at ACME are refused",
    "de, Zugriffsschlüssel für acme-api bei ACME werden abgewiesen"
  })
  void theContactsOfAnApiClientHearOnceThatItBreaksARule(String language, String subject) {
    String api = realm.client("acme-api");
    realm.speaksGermanToo(language);
    realm.attribute("acme-api", "access-keys.contacts", "api@acme.example");
    realm.watchHealth();
    realm.change(api, Map.of("fullScopeAllowed", true));
    try {
      realm.watchHealth();
      String mail = whole(await("api@acme.example", subject));
      assertThat(mail).contains("no_full_scope", "PUT …/access-keys/apis/acme-api");
      realm.watchHealth();
      tell();
    } finally {
      realm.change(api, Map.of("fullScopeAllowed", false));
      realm.speaksGermanToo("en");
    }
    realm.watchHealth();
    tell();
    assertThat(to("api@acme.example", "acme-api")).hasSize(1);
  }

  @Test
  void aPersonHearsOfANewKeyWithoutItsSecret() {
    TestKey key = realm.pat("alice", Map.of("name", "laptop"));
    String mail = whole(await("alice@acme.example", "New access key laptop at ACME"));
    assertThat(mail)
        .contains("kcpat_" + key.id().substring(0, 4) + "…", "acme-api", "UTC")
        .doesNotContain(key.text().substring(24));
  }

  @Test
  void aNameArrivesAsItWasWrittenThoughItLooksEncoded() {
    for (String name : List.of("=?utf-8?B?SGFja2Vk?=", "=?iso-8859-1?q?=41?= 🔑", "{0} '%s' <b>")) {
      realm.pat("alice", Map.of("name", name));
      assertThat(subject(await("alice@acme.example", name)))
          .isEqualTo("New access key " + name + " at ACME");
      forgetAll();
    }
  }

  @Test
  void aRollIsToldWithTheEndOfTheOldSecret() {
    TestKey old = realm.pat("alice", Map.of("name", "rolled one"));
    TestKey current =
        TestKey.of(realm.roll("alice", old, "{\"overlap\":\"PT5H\"}", Map.of()).expect(200));
    String mail = whole(await("alice@acme.example", "rolled one at ACME has a new secret"));
    assertThat(mail)
        .contains("Old secret ends", "UTC")
        .doesNotContain(current.text().substring(24));
  }

  @Test
  void theUseOfARetiredSecretIsToldOnceADay() {
    TestKey old = realm.pat("alice", Map.of("name", "leaked one", "scopes", List.of()));
    realm.roll("alice", old, "{\"overlap\":\"PT0S\"}", Map.of()).expect(200);
    for (int i = 0; i < 5; i++) {
      assertThat(realm.verify(old.text(), "?client=acme-api").status()).isEqualTo(401);
    }
    String subject = "An old secret of access key leaked one at ACME is still used";
    await("alice@acme.example", subject);
    tell();
    assertThat(to("alice@acme.example", subject)).hasSize(1);
  }

  @Test
  void aRollThatIsDueIsToldAgainBeforeAndAfterItsDeadline() {
    TestKey key =
        realm.pat(
            "alice",
            Map.of(
                "name",
                "scheduled one",
                "expiresAt",
                Instant.now().plus(Duration.ofDays(300)).toString(),
                "roll",
                Map.of("every", "P10D", "overlap", "P4D")));
    String due = "A new secret for access key scheduled one at ACME is due";
    String deadline = "scheduled one at ACME has not been rolled yet";
    String late = "scheduled one at ACME was not rolled in time";
    String refused = "scheduled one at ACME is refused until it is rolled";
    realm.ahead(Duration.ofDays(11), () -> await("alice@acme.example", due));
    assertThat(to("alice@acme.example", deadline)).isEmpty();
    realm.ahead(Duration.ofDays(13).plusHours(2), () -> await("alice@acme.example", deadline));
    realm.ahead(Duration.ofDays(15), () -> await("alice@acme.example", late));
    realm.policy(Map.of("when-roll-overdue", "expire")).expect(204);
    realm.ahead(Duration.ofDays(15), () -> await("alice@acme.example", refused));
    // The outbox forgets old notices, but not what it would tell again.
    TestClock clock = TestClock.of(realm.server());
    realm.ahead(
        Duration.ofDays(80),
        () -> clock.run("access-keys-mail", "access-keys-upkeep", "access-keys-mail"));
    realm.policy(Map.of()).expect(204);
    for (String subject : List.of(due, deadline, late, refused)) {
      assertThat(to("alice@acme.example", subject)).as(subject).hasSize(1);
      assertThat(whole(to("alice@acme.example", subject).get(0))).contains("Until");
    }
    assertThat(realm.verify(key.text(), "?client=acme-api").status()).isEqualTo(200);
  }

  @Test
  void anOldSecretLivesLongerOnceIfNobodyHasUsedTheNewOne() {
    TestKey old =
        realm.pat(
            "alice",
            Map.of(
                "name",
                "forgotten one",
                "expiresAt",
                Instant.now().plus(Duration.ofDays(300)).toString()));
    assertThat(realm.verify(old.text(), "?client=acme-api").status()).isEqualTo(200);
    realm.roll("alice", old, "{\"overlap\":\"P4D\"}", Map.of()).expect(200);
    String extended = "The old secret of access key forgotten one at ACME stays good longer";
    String unused = "The new secret of access key forgotten one at ACME was never used";
    realm.ahead(
        Duration.ofDays(3).plusHours(2),
        () -> {
          await("alice@acme.example", extended);
          assertThat(to("alice@acme.example", unused)).isEmpty();
        });
    realm.ahead(
        Duration.ofDays(5),
        () -> assertThat(realm.verify(old.text(), "?client=acme-api").status()).isEqualTo(200));
    realm.ahead(Duration.ofDays(7).plusHours(2), () -> await("alice@acme.example", unused));
    realm.ahead(
        Duration.ofDays(9),
        () -> assertThat(realm.verify(old.text(), "?client=acme-api").status()).isEqualTo(401));
    assertThat(to("alice@acme.example", extended)).hasSize(1);
  }

  @Test
  void inTheirOwnLanguage() {
    realm.change(realm.user("bob"), Map.of("attributes", Map.of("locale", List.of("de"))));
    realm.pat("bob", Map.of("name", "Größe"));
    assertThat(whole(await("bob@acme.example", "Neuer Zugriffsschlüssel Größe bei ACME")))
        .contains("wurde ein neuer Zugriffsschlüssel");
  }

  @Test
  void theContactsOfAClientHearOfItsKeys() {
    TestKey key = realm.apiKey("orders:read");
    await("ops@acme.example", "New access key");
    await("oncall@acme.example", "New access key");
    realm.adminKey("POST", key, "/revoke", "{\"reason\":\"incident 7\"}").expect(204);
    assertThat(whole(await("ops@acme.example", "was revoked"))).contains("incident 7");
  }

  @Test
  void anExposedKeyIsToldOnce() {
    TestKey key = realm.pat("alice", Map.of("name", "leaked"));
    String body = "{\"keys\":[\"" + key.text() + "\"]}";
    for (int i = 0; i < 3; i++) {
      Http.json("POST", realm.uri("/access-keys/exposed"), Map.of(), body).expect(202);
    }
    await("alice@acme.example", "leaked at ACME was found in public");
    tell();
    assertThat(to("alice@acme.example", "leaked at ACME was found")).hasSize(1);
  }

  @Test
  void whatIsRefusedIsToldToNobody() {
    realm.create(
        "alice",
        "{\"kind\":\"personal-access-token\",\"name\":\"refused\",\"client\":\"nothing\"}");
    tell();
    assertThat(to("alice@acme.example", "refused")).isEmpty();
  }

  @Test
  void aMailThatCouldNotBeSentIsSentLaterAndOnce() {
    pointTo(9);
    realm.pat("alice", Map.of("name", "patient"));
    tell();
    assertThat(to("alice@acme.example", "patient")).isEmpty();
    pointTo(smtp.getSmtp().getPort());
    TestClock clock = TestClock.of(realm.server());
    clock.ahead(NEXT_ATTEMPT, () -> await("alice@acme.example", "patient"));
    clock.ahead(NEXT_ATTEMPT.multipliedBy(2), MailIT::tell);
    assertThat(to("alice@acme.example", "patient")).hasSize(1);
  }

  @Test
  void ownersAreWarnedInTimeAndOnceForEachDate() {
    Instant end = Instant.now().plus(Duration.ofDays(20));
    realm.pat("alice", Map.of("name", "ending", "expiresAt", end.toString()));
    tell();
    assertThat(to("alice@acme.example", "ending at ACME expires"))
        .as("20 days are not 30: nothing to say yet")
        .isEmpty();
    for (int days : List.of(13, 19, 20)) {
      forgetAll();
      String subject = days == 20 ? "ending at ACME has expired" : "ending at ACME expires soon";
      realm.ahead(Duration.ofDays(days).plusHours(6), () -> await("alice@acme.example", subject));
      assertThat(to("alice@acme.example", subject)).hasSize(1);
      assertThat(whole(to("alice@acme.example", subject).get(0)))
          .as("the only time in it is that of the expiry")
          .contains("Expires")
          .doesNotContain("When");
    }
  }

  @Test
  void ownersAreToldOfATightenedPolicyBeforeItCounts() {
    realm.pat("alice", Map.of("name", "long-lived", "expiresAt", "2027-06-01T00:00:00Z"));
    realm.pat("alice", Map.of("name", "short-lived"));
    String deadline = Instant.now().plus(Duration.ofDays(14)).toString();
    realm
        .policy(
            Map.of(
                "personal-access-token.max-lifetime",
                "P60D",
                "existing-keys-enforced-from",
                deadline))
        .expect(204);
    await("alice@acme.example", "long-lived at ACME will end by a new rule");
    assertThat(to("alice@acme.example", "short-lived at ACME will end")).isEmpty();
    realm.policy(Map.of()).expect(204);
  }

  @Test
  void aRealmSaysItInItsOwnWords() {
    realm
        .admin(
            "POST", "/localization/en", "{\"accessKeyMail-created-subject\":\"House style: {0}\"}")
        .expect(204);
    realm.pat("alice", Map.of("name", "styled"));
    await("alice@acme.example", "House style: styled");
    realm.admin("DELETE", "/localization/en/accessKeyMail-created-subject", null).expect(204);
  }
}
