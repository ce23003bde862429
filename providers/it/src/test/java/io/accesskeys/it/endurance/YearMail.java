package io.accesskeys.it.endurance;

import com.icegreen.greenmail.util.GreenMailUtil;
import io.accesskeys.notice.NoticeKind;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mail about a key, as whoever gets it understands it.
 *
 * @param name the key's
 * @param reference what two copies of one mail would share
 */
record YearMail(String name, NoticeKind kind, String reference) {

  private static final Pattern NAMED = Pattern.compile("[Aa]ccess key (\\w+-\\d+) at");
  private static final Pattern REFERENCE = Pattern.compile("Reference: ([0-9a-f-]{36})");

  private static final Map<NoticeKind, Predicate<String>> SUBJECTS =
      Map.of(
          NoticeKind.CREATED, subject -> subject.startsWith("New access key"),
          NoticeKind.ROLLED, subject -> subject.endsWith("has a new secret"),
          NoticeKind.ROLL_DUE, subject -> subject.startsWith("A new secret for"),
          NoticeKind.ROLL_DEADLINE, subject -> subject.endsWith("has not been rolled yet"),
          NoticeKind.ROLL_EXTENDED, subject -> subject.endsWith("was not rolled in time"),
          NoticeKind.ROLL_OVERDUE, subject -> subject.endsWith("is refused until it is rolled"),
          NoticeKind.UNUSED, subject -> subject.endsWith("was never used"),
          NoticeKind.EXTENDED, subject -> subject.endsWith("stays good longer"));

  static YearMail of(MimeMessage message) {
    try {
      String subject = message.getSubject();
      return new YearMail(
          find(NAMED, subject),
          SUBJECTS.entrySet().stream()
              .filter(entry -> entry.getValue().test(subject))
              .findFirst()
              .orElseThrow(() -> new AssertionError("No mail for a year: " + subject))
              .getKey(),
          find(REFERENCE, GreenMailUtil.getWholeMessage(message)));
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }

  private static String find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("No " + pattern + " in " + text);
    }
    return matcher.group(1);
  }
}
