package io.accesskeys.ascode;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One way to bring the realm of a file into Keycloak. */
interface Tool {

  /** The heading of its column. */
  String heading();

  /**
   * Brings the realm of this file into Keycloak, or the file into the realm that is there.
   *
   * @param file as it lies in git
   * @return whether the tool says that it has
   */
  boolean apply(ObjectNode file);
}
