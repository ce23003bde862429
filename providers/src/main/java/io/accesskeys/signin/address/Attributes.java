package io.accesskeys.signin.address;

import io.accesskeys.restriction.InvalidRestrictionException;
import java.util.List;

/** The attributes of whatever has to do with a sign-in. */
@FunctionalInterface
interface Attributes {

  /**
   * All values of an attribute; empty if there is none of this name.
   *
   * @throws InvalidRestrictionException if nobody can say yet who or what that is
   */
  List<String> valuesOf(AttributeSource source, String name) throws InvalidRestrictionException;
}
