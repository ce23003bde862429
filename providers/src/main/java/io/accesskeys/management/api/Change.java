package io.accesskeys.management.api;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;

/** One change of a realm that brings an API client closer to what it shall be. */
public sealed interface Change {

  /** What an administrator would change for it, in Keycloak's words. */
  ResourceType resource();

  /** What is done to that. */
  default OperationType operation() {
    return OperationType.CREATE;
  }

  /** The name of the client, client scope or role that is changed. */
  String name();

  /** What is done, in words. */
  String detail();

  /** Does what this visitor does with a change of this kind. */
  <T> T accept(Visitor<T> visitor);

  /** Something that is done with each kind of change. */
  interface Visitor<T> {
    T visit(MakeClient change);

    T visit(SetClient change);

    T visit(MakeRole change);

    T visit(MakeScope change);

    T visit(SetScope change);

    T visit(MapRole change);

    T visit(Unassign change);

    T visit(Assign change);

    T visit(AddGateway change);
  }

  /** Makes the client: public, with all login flows off and no scope but what is needed. */
  record MakeClient(String name) implements Change {
    @Override
    public ResourceType resource() {
      return ResourceType.CLIENT;
    }

    @Override
    public String detail() {
      return "create the client, with no login flow, no full scope and no refresh tokens";
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * Sets a client right.
   *
   * @param closed names to be taken out of {@code access-keys.open-scopes}
   */
  record SetClient(String name, List<ClientSetting> settings, Set<String> closed)
      implements Change {
    @Override
    public ResourceType resource() {
      return ResourceType.CLIENT;
    }

    @Override
    public OperationType operation() {
      return OperationType.UPDATE;
    }

    @Override
    public String detail() {
      return settings.stream().map(ClientSetting::words).collect(Collectors.joining(", "));
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.visit(this);
    }
  }

  /** Makes a realm role that nobody has yet. */
  record MakeRole(String name) implements Change {
    @Override
    public ResourceType resource() {
      return ResourceType.REALM_ROLE;
    }

    @Override
    public String detail() {
      return "create the realm role";
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.visit(this);
    }
  }

  /** Makes a grantable client scope. */
  record MakeScope(String name, String description, boolean open) implements Change {
    @Override
    public ResourceType resource() {
      return ResourceType.CLIENT_SCOPE;
    }

    @Override
    public String detail() {
      return open ? "create the grantable, open client scope" : "create the grantable client scope";
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * Sets a client scope right.
   *
   * @param description for {@link ScopeSetting#DESCRIPTION}; empty otherwise
   */
  record SetScope(String name, List<ScopeSetting> settings, String description) implements Change {
    @Override
    public ResourceType resource() {
      return ResourceType.CLIENT_SCOPE;
    }

    @Override
    public OperationType operation() {
      return OperationType.UPDATE;
    }

    @Override
    public String detail() {
      return settings.stream().map(ScopeSetting::words).collect(Collectors.joining(", "));
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.visit(this);
    }
  }

  /** Maps a realm role to a client scope. */
  record MapRole(String name, String role) implements Change {
    @Override
    public ResourceType resource() {
      return ResourceType.REALM_SCOPE_MAPPING;
    }

    @Override
    public String detail() {
      return "map the realm role " + role;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.visit(this);
    }
  }

  /** Takes a client scope off the default scopes of the client. */
  record Unassign(String name) implements Change {
    @Override
    public ResourceType resource() {
      return ResourceType.CLIENT_SCOPE_CLIENT_MAPPING;
    }

    @Override
    public OperationType operation() {
      return OperationType.DELETE;
    }

    @Override
    public String detail() {
      return "no longer assign it to the client as default";
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.visit(this);
    }
  }

  /** Assigns a client scope to the client as optional. */
  record Assign(String name) implements Change {
    @Override
    public ResourceType resource() {
      return ResourceType.CLIENT_SCOPE_CLIENT_MAPPING;
    }

    @Override
    public String detail() {
      return "assign it to the client as optional";
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * Puts a gateway into the audience.
   *
   * @param name the gateway's {@code client_id}
   */
  record AddGateway(String name) implements Change {
    @Override
    public ResourceType resource() {
      return ResourceType.PROTOCOL_MAPPER;
    }

    @Override
    public String detail() {
      return "add an audience mapper to the client, so that the gateway may introspect and exchange keys";
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.visit(this);
    }
  }
}
