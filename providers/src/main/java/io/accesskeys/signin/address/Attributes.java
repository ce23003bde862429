package io.accesskeys.signin.address;

import io.accesskeys.restriction.InvalidRestrictionException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.GroupModel;
import org.keycloak.models.UserModel;

/** The attributes of whatever has to do with a sign-in. */
@FunctionalInterface
interface Attributes {

  /** Whose they are. The words are in realm exports: never to change. */
  enum Source {
    REALM,
    CLIENT,
    /** Every group that the user is in, and the groups above them. */
    GROUP,
    USER;

    static Optional<Source> of(String word) {
      return Stream.of(values()).filter(source -> source.word().equals(word)).findFirst();
    }

    /** How the config names it. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * All values of an attribute; empty if there is none of this name.
   *
   * @throws InvalidRestrictionException if nobody can say yet who or what that is
   */
  List<String> valuesOf(Source source, String name) throws InvalidRestrictionException;

  /** Those around the sign-in that this step is about. */
  static Attributes of(AuthenticationFlowContext context) {
    return (source, name) ->
        switch (source) {
          case REALM -> Stream.ofNullable(context.getRealm().getAttribute(name)).toList();
          case CLIENT ->
              Stream.ofNullable(context.getAuthenticationSession().getClient().getAttribute(name))
                  .toList();
          case GROUP ->
              user(context, source)
                  .getGroupsStream()
                  .flatMap(group -> Stream.iterate(group, Objects::nonNull, GroupModel::getParent))
                  .distinct()
                  .flatMap(group -> group.getAttributeStream(name))
                  .toList();
          case USER -> user(context, source).getAttributeStream(name).toList();
        };
  }

  private static UserModel user(AuthenticationFlowContext context, Source source)
      throws InvalidRestrictionException {
    UserModel user = context.getUser();
    if (user == null) {
      throw new InvalidRestrictionException(
          AddressSettings.SOURCE, "is " + source.word() + ", but no user is known at this step");
    }
    return user;
  }
}
