package io.accesskeys.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Collectors;
import org.keycloak.email.EmailException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.theme.Theme;

/**
 * The subject of a mail as Keycloak's template provider takes it, such that what people have
 * written arrives as they have written it.
 *
 * @param format the key of a message, or a format that is none
 * @param arguments of the format
 */
record MailSubject(String format, List<Object> arguments) {

  /** How encoded words begin (RFC 2047). */
  private static final String ENCODED_WORD = "=?";

  /** An encoded word has at most 75 characters, of which 12 are around these bytes in base64. */
  private static final int BYTES_OF_WORD = 45;

  MailSubject {
    arguments = List.copyOf(arguments);
  }

  /**
   * The subject for a recipient, in the realm of this session.
   *
   * @param key of the message
   * @param texts what people have written
   * @throws EmailException if the message cannot be read
   */
  static MailSubject of(
      KeycloakSession session, UserModel recipient, String key, List<String> texts)
      throws EmailException {
    List<Object> inOneLine =
        texts.stream()
            .map(text -> text.replaceAll("[\\p{Cntrl}\u2028\u2029]+", " "))
            .collect(Collectors.toList());
    if (texts.stream().noneMatch(text -> text.contains(ENCODED_WORD))) {
      return new MailSubject(key, inOneLine);
    }
    // Keycloak sends a subject in ASCII as it is, and programs would decode what looks encoded.
    try {
      Locale locale = session.getContext().resolveLocale(recipient, true);
      Properties messages =
          session
              .theme()
              .getTheme(Theme.Type.EMAIL)
              .getEnhancedMessages(session.getContext().getRealm(), locale);
      String text =
          new MessageFormat(messages.getProperty(key, key), locale).format(inOneLine.toArray());
      return new MailSubject("{0}", List.of(encoded(text)));
    } catch (IOException e) {
      throw new EmailException("The messages of the e-mail theme cannot be read", e);
    }
  }

  /** A text in encoded words; no character is split between two. */
  static String encoded(String text) {
    List<String> words = new ArrayList<>();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    text.codePoints()
        .mapToObj(character -> Character.toString(character).getBytes(UTF_8))
        .forEach(
            character -> {
              if (bytes.size() + character.length > BYTES_OF_WORD) {
                words.add(word(bytes));
              }
              bytes.writeBytes(character);
            });
    words.add(word(bytes));
    return String.join(" ", words);
  }

  private static String word(ByteArrayOutputStream bytes) {
    String word = "=?UTF-8?B?" + Base64.getEncoder().encodeToString(bytes.toByteArray()) + "?=";
    bytes.reset();
    return word;
  }
}
