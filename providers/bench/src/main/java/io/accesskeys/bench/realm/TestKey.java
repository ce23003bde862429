package io.accesskeys.bench.realm;

/**
 * A key that was just shown.
 *
 * @param id the public id
 * @param text the whole key
 * @param version what If-Match names
 */
public record TestKey(String id, String text, int version) {

  public static TestKey of(Reply shown) {
    return new TestKey(
        shown.text("id"), shown.text("secret"), shown.json().path("version").asInt());
  }
}
