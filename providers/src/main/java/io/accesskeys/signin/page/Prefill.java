package io.accesskeys.signin.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import io.accesskeys.key.StorableText;
import io.accesskeys.restriction.UntrustedJson;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What an application asks for on the page: {@code kc_action=create-access-key:} and base64url of a
 * JSON object. It fills the form in and nothing more: the person looks at it and sends it, or not.
 *
 * @param client the {@code client_id} of the API
 * @param scopes of that API
 * @param lifetime an ISO-8601 duration; one that is not offered is not chosen
 * @param addresses addresses and CIDR ranges
 */
record Prefill(
    String name,
    String description,
    String client,
    List<String> scopes,
    String lifetime,
    List<String> addresses) {

  /** More than any URL has room for. */
  private static final int MAX_LENGTH = 16 * 1024;

  private static final ObjectReader READER =
      UntrustedJson.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(Prefill.class);

  /** What is not asked for is empty. */
  Prefill {
    name = Objects.requireNonNullElse(name, "");
    description = Objects.requireNonNullElse(description, "");
    client = Objects.requireNonNullElse(client, "");
    scopes = scopes == null ? List.of() : scopes.stream().filter(Objects::nonNull).toList();
    lifetime = Objects.requireNonNullElse(lifetime, "");
    addresses =
        addresses == null ? List.of() : addresses.stream().filter(Objects::nonNull).toList();
  }

  /** What the parameter asks for; empty if nobody can read it. */
  static Optional<Prefill> read(String parameter) {
    if (parameter.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      Optional<String> json = StorableText.inUtf8(Base64.getUrlDecoder().decode(parameter));
      return json.isEmpty() ? Optional.empty() : Optional.ofNullable(READER.readValue(json.get()));
    } catch (IllegalArgumentException | JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** The form with this in it. */
  SubmittedForm form() {
    return new SubmittedForm(
        name,
        description,
        client,
        scopes.stream().map(scope -> client + " " + scope).toList(),
        asOffered(),
        String.join(", ", addresses));
  }

  /** As the page spells its lifetimes. */
  private String asOffered() {
    try {
      return lifetime.isEmpty() ? "" : Duration.parse(lifetime).toString();
    } catch (DateTimeException e) {
      return lifetime;
    }
  }
}
