package io.accesskeys.signin.address;

import io.accesskeys.restriction.InvalidRestrictionException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.GroupModel;
import org.keycloak.models.UserModel;

/**
 * The attributes around a sign-in that is under way.
 *
 * @param context of the step that asks
 */
record FlowAttributes(AuthenticationFlowContext context) implements Attributes {

  @Override
  public List<String> valuesOf(AttributeSource source, String name)
      throws InvalidRestrictionException {
    return switch (source) {
      case REALM -> Stream.ofNullable(context.getRealm().getAttribute(name)).toList();
      case CLIENT ->
          Stream.ofNullable(context.getAuthenticationSession().getClient().getAttribute(name))
              .toList();
      case GROUP -> ofGroups(user(source), name);
      case USER -> user(source).getAttributeStream(name).toList();
    };
  }

  private static List<String> ofGroups(UserModel user, String name) {
    return user.getGroupsStream()
        .flatMap(group -> Stream.iterate(group, Objects::nonNull, GroupModel::getParent))
        .distinct()
        .flatMap(group -> group.getAttributeStream(name))
        .toList();
  }

  private UserModel user(AttributeSource source) throws InvalidRestrictionException {
    UserModel user = context.getUser();
    if (user == null) {
      throw new InvalidRestrictionException(
          AddressSettings.SOURCE, "is " + source.word() + ", but no user is known at this step");
    }
    return user;
  }
}
