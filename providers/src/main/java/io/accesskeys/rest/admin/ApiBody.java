package io.accesskeys.rest.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.accesskeys.http.JsonText;
import io.accesskeys.http.Problem;
import io.accesskeys.key.StorableText;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.management.api.ApiDeclaration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an administrator sends to prepare an API client. Members that are absent are {@code null}.
 *
 * @param takeOver whether scopes may be changed that are not this client's alone
 * @param dryRun whether only to say what would be changed
 */
record ApiBody(List<Scope> scopes, List<String> gateways, Boolean takeOver, Boolean dryRun) {

  /** A scope of {@link ApiBody}. */
  record Scope(String name, String description, List<String> roles, Boolean open) {}

  private static final int MAX_LENGTH = 128 * 1024;
  private static final int MOST = 200;
  private static final int MOST_ROLES = 500;
  private static final int LONGEST = 255;

  /** RFC 6749, section 3.3, which Keycloak keeps to as well. */
  private static final Pattern SCOPE_NAME =
      Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1," + LONGEST + "}");

  /** What neither a URL nor a header has to encode. Other names are for clients that exist. */
  private static final Pattern NEW_CLIENT =
      Pattern.compile("[A-Za-z0-9._~:@+-]{1," + LONGEST + "}");

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              config ->
                  config
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
          .build();

  /**
   * Reads a body.
   *
   * @throws InvalidRequestException if it is no such object, naming the member that is wrong
   */
  static ApiBody of(String text) {
    if (text.length() > MAX_LENGTH) {
      throw Problem.of(Problem.Kind.TOO_LARGE, "The body has more than 128 KiB").exception();
    }
    try {
      ApiBody body =
          text.isBlank()
              ? new ApiBody(null, null, null, null)
              : JSON.treeToValue(JsonText.parse(text), ApiBody.class);
      if (body == null) {
        throw new InvalidRequestException("", "The body must be a JSON object");
      }
      return body;
    } catch (JsonMappingException e) {
      throw path(e).isEmpty()
          ? new InvalidRequestException("", "The body must be a JSON object")
          : new InvalidRequestException(
              path(e), "is not known here, or is of another type than it must be");
    } catch (JsonProcessingException e) {
      throw new InvalidRequestException("", "The body is not valid JSON");
    }
  }

  /**
   * Refuses a name that we do not give to a client that is made.
   *
   * @throws InvalidRequestException if it is one
   */
  static void requireNewClientId(String clientId) {
    if (!NEW_CLIENT.matcher(clientId).matches()) {
      throw new InvalidRequestException(
          "client_id",
          "must be 1 to 255 letters, digits or any of . _ ~ : @ + - for a client that is to be"
              + " created. To use another name, create the client first");
    }
  }

  boolean isDryRun() {
    return Boolean.TRUE.equals(dryRun);
  }

  /**
   * What it says about this client.
   *
   * @throws InvalidRequestException if that cannot be, naming the member that is wrong
   */
  ApiDeclaration declaration(String clientId) {
    List<Scope> sent = few("scopes", scopes);
    List<ApiDeclaration.Scope> declared = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < sent.size(); i++) {
      declared.add(scope(sent.get(i), "scopes[" + i + "]."));
      if (!names.add(sent.get(i).name())) {
        throw new InvalidRequestException("scopes[" + i + "].name", "is there twice");
      }
    }
    if (declared.stream().mapToInt(scope -> scope.roles().size()).sum() > MOST_ROLES) {
      // Each takes Keycloak some work, during which others who prepare an API wait.
      throw new InvalidRequestException(
          "scopes",
          "must map at most "
              + MOST_ROLES
              + " roles altogether. Prepare the client with several requests");
    }
    List<String> audience = few("gateways", gateways);
    for (int i = 0; i < audience.size(); i++) {
      String gateway = audience.get(i);
      if (!StorableText.mayBeName(gateway) || gateway.equals(clientId)) {
        throw new InvalidRequestException(
            "gateways[" + i + "]",
            gateway.equals(clientId)
                ? "is the API client itself, which may introspect its keys anyway"
                : "must be the client_id of a client");
      }
    }
    return new ApiDeclaration(
        clientId, declared, List.copyOf(audience), Boolean.TRUE.equals(takeOver));
  }

  private static ApiDeclaration.Scope scope(Scope sent, String path) {
    if (sent.name() == null || !SCOPE_NAME.matcher(sent.name()).matches()) {
      throw new InvalidRequestException(
          path + "name",
          "must be 1 to 255 printable ASCII characters without spaces, \" and \\ (RFC 6749)");
    }
    if (sent.description() != null && sent.description().length() > LONGEST) {
      throw new InvalidRequestException(path + "description", "must have at most 255 characters");
    }
    List<String> roles = few(path + "roles", sent.roles());
    for (int i = 0; i < roles.size(); i++) {
      if (!isRole(roles.get(i))) {
        throw new InvalidRequestException(
            path + "roles[" + i + "]",
            "must be the name of a realm role: 1 to 255 characters, none of them invisible");
      }
    }
    boolean open = Boolean.TRUE.equals(sent.open());
    if (open && !roles.isEmpty()) {
      throw new InvalidRequestException(
          path + "open", "must not be true beside roles: a scope needs a role, or is open");
    }
    return new ApiDeclaration.Scope(
        sent.name(), Optional.ofNullable(sent.description()), List.copyOf(roles), open);
  }

  private static boolean isRole(String name) {
    return StorableText.mayBeName(name)
        && StorableText.isVisible(name)
        && !StorableText.turnsText(name)
        && name.equals(name.strip())
        && name.chars().noneMatch(Character::isISOControl);
  }

  /** At most so many, none of them null, no text twice; none if absent. */
  private static <T> List<T> few(String member, List<T> sent) {
    if (sent == null) {
      return List.of();
    }
    if (sent.size() > MOST) {
      throw new InvalidRequestException(member, "must have at most " + MOST + " entries");
    }
    Set<T> different = new HashSet<>();
    for (int i = 0; i < sent.size(); i++) {
      if (sent.get(i) == null || !different.add(sent.get(i))) {
        throw new InvalidRequestException(
            member + "[" + i + "]", sent.get(i) == null ? "must not be null" : "is there twice");
      }
    }
    return sent;
  }

  private static String path(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(
                step ->
                    step.getFieldName() == null
                        ? "[" + step.getIndex() + "]"
                        : "." + step.getFieldName())
            .collect(Collectors.joining());
    return path.startsWith(".") ? path.substring(1) : path;
  }
}
