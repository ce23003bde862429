package io.accesskeys.bench.realm;

import java.util.HashMap;
import java.util.Map;

/** The form on the page at sign-in. */
public final class CreateKeyForm {

  private CreateKeyForm() {}

  /** Filled in well, with these changes. */
  public static Map<String, String> with(Map<String, String> changes) {
    Map<String, String> form =
        new HashMap<>(
            Map.of(
                "name", "from the page",
                "client", "acme-api",
                "scope", "acme-api orders:read",
                "lifetime", "PT168H",
                "addresses", "",
                "create", "true"));
    form.putAll(changes);
    return form;
  }
}
