package io.accesskeys.oauth.directgrant;

import io.accesskeys.key.KeyPrefixes;
import io.accesskeys.key.KeyTexts;
import io.accesskeys.key.LegacyTexts;
import io.accesskeys.model.TextRequest;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The way of tests in other packages to {@link SentKeys}. */
public final class FormText {

  private FormText() {}

  /** Whether a form has a key in one of its fields, which stand in this text one by one. */
  public static boolean hasKey(String text) {
    MultivaluedHashMap<String, String> form = new MultivaluedHashMap<>();
    for (String field : List.of(text.split("&", -1))) {
      form.add(field, field);
    }
    return SentKeys.beside(
        "password",
        form,
        TextRequest.session(
            TextRequest.of(Map.of("Authorization", List.of(text)), Map.of(), Map.of())),
        new KeyTexts(new KeyPrefixes(Set.of("kcpat")), LegacyTexts.NONE));
  }
}
