package io.accesskeys.restriction;

import com.fasterxml.jackson.databind.JsonNode;

/** A condition on the request under which a key may be used. Immutable and safe for any thread. */
public interface Restriction {

  /** The JSON form it was read from, {@code type} included; equal rules give equal JSON. */
  JsonNode toJson();

  /** Whether this request may use the key. What is unknown is refused. */
  boolean allows(RequestFacts facts);
}
