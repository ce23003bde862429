package io.accesskeys.bench.realm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The menu of the Account Console. */
public final class AccountMenu {

  private static final Pattern RESOURCES =
      Pattern.compile("\"resourceUrl\": \"([^\"]+/account/[^\"]+)\"");

  private AccountMenu() {}

  /** As a browser gets it in this realm. */
  public static Reply of(TestRealm realm) {
    String console = Http.get(realm.uri("/account/"), Map.of()).expect(200).body();
    Matcher resources = RESOURCES.matcher(console);
    assertThat(resources.find()).as(console).isTrue();
    return Http.get(realm.root(resources.group(1) + "/content.json"), Map.of());
  }
}
