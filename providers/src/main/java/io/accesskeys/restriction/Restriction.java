package io.accesskeys.restriction;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A condition on the request under which a key may be used. Immutable and safe for any thread: one
 * instance serves every request until the key changes.
 */
public interface Restriction {

  /** The id of its {@link RestrictionType}: the {@code type} member of its JSON form. */
  String type();

  /**
   * The JSON form it was read from, {@code type} included, as it is stored; equal rules give equal
   * JSON.
   */
  JsonNode toJson();

  /**
   * The same as people see it, and send it back.
   *
   * @param clients what the clients are called now that it may remember by id
   */
  default JsonNode shown(ClientNames clients) {
    return toJson();
  }

  /**
   * What it says of this request. Must deny what it cannot know, and must not do any I/O. Whether a
   * request that it denies is refused is up to the {@link Mode}.
   */
  Verdict allows(RequestFacts facts);

  /** The rule in one line of English, such as {@code from 203.0.113.0/24}. */
  String summary();

  /**
   * The same.
   *
   * @param clients what the clients are called now that it may remember by id
   */
  default String summary(ClientNames clients) {
    return summary();
  }

  /**
   * Whether it keeps anybody out. One that does not is a way to write no restriction, and meets no
   * requirement of a policy.
   */
  default boolean limits() {
    return true;
  }

  /**
   * Whether every request that this allows is allowed by another as well: putting this in its place
   * narrows a key. False if it cannot tell.
   */
  default boolean isWithin(Restriction other) {
    return toJson().equals(other.toJson());
  }

  /**
   * Whether it goes by what the holder of the key writes into the request themselves. It keeps a
   * key from being used elsewhere by mistake, and stops nobody who has stolen it.
   */
  default boolean deterrent() {
    return false;
  }
}
