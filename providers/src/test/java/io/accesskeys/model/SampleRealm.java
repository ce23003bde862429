package io.accesskeys.model;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.Grant;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.KeyText;
import io.accesskeys.key.Label;
import io.accesskeys.key.Usage;
import io.accesskeys.key.Validity;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.store.KeyStore;
import io.accesskeys.verification.GrantableScopes;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.common.enums.SslRequired;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * A realm of its own with an API, a person and a robot, where every key is good; tests spoil one
 * thing.
 *
 * <p>The API client is {@value #API}; its menu has {@value #READ} for everybody and {@value #WRITE}
 * for those with the role {@value #WRITER}, which the person {@value #PERSON} has. The client
 * {@value #ROBOT} has a service account and authenticates by a secret.
 */
public final class SampleRealm {

  public static final String API = "orders-api";
  public static final String ROBOT = "robot";
  public static final String PERSON = "alice";
  public static final String READ = "orders:read";
  public static final String WRITE = "orders:write";
  public static final String WRITER = "writer";

  private static final SecureRandom RANDOM = new SecureRandom();

  private final String id = UUID.randomUUID().toString();

  /** Made anew. */
  public SampleRealm() {
    LocalKeycloak.started().change(this::fill);
  }

  /** Changes something in a transaction of its own, in a request over HTTPS. */
  public void change(BiConsumer<KeycloakSession, RealmModel> work) {
    ask(
        (session, realm) -> {
          work.accept(session, realm);
          return null;
        });
  }

  /** Finds something out in a transaction of its own, in a request over HTTPS. */
  public <T> T ask(BiFunction<KeycloakSession, RealmModel, T> question) {
    return LocalKeycloak.started()
        .ask(
            session -> {
              RealmModel realm = session.realms().getRealm(id);
              session.getContext().setRealm(realm);
              LocalRequest.to("https://id.example/realms/" + id).enter(session);
              return question.apply(session, realm);
            });
  }

  /** Writes settings of the policy, over what there is. */
  public void policy(Map<String, String> settings) {
    change(
        (session, realm) -> {
          RequiredActionProviderModel action =
              realm.getRequiredActionProviderByAlias(RealmPolicy.ACTION);
          action.getConfig().putAll(settings);
          realm.updateRequiredActionProvider(action);
        });
  }

  /** A stored key of this kind with both scopes, good for a year and in every request. */
  public Stored key(KeyKind kind) {
    return key(kind, key -> key);
  }

  /** The same, but changed before it is stored. */
  public Stored key(KeyKind kind, UnaryOperator<AccessKey> changed) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return ask(
        (session, realm) -> {
          KeyText text =
              KeyText.generate(RealmPolicy.of(session, realm).of(kind).prefixes().get(0), RANDOM);
          AccessKey key = changed.apply(good(session, realm, kind, text, now));
          session.getProvider(KeyStore.class).add(key);
          return new Stored(key.id(), text);
        });
  }

  /** The user of this name. */
  public static UserModel user(KeycloakSession session, RealmModel realm, String name) {
    return session.users().getUserByUsername(realm, name);
  }

  /**
   * A key in the store.
   *
   * @param text what its holder presents
   */
  public record Stored(String id, KeyText text) {}

  /** The names of the client scopes of these ids. */
  public Set<String> names(Set<String> ids) {
    return ask((session, realm) -> Set.copyOf(GrantableScopes.names(realm, ids)));
  }

  /** The ids of the client scopes of these names. */
  public static Set<String> ids(RealmModel realm, String... names) {
    return Stream.of(names)
        .map(name -> scope(realm, name).getId())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The client scope of this name. */
  public static ClientScopeModel scope(RealmModel realm, String name) {
    return KeycloakModelUtils.getClientScopeByName(realm, name);
  }

  private static AccessKey good(
      KeycloakSession session, RealmModel realm, KeyKind kind, KeyText text, Instant now) {
    ClientModel robot = realm.getClientByClientId(ROBOT);
    String owner =
        switch (kind) {
          case PERSONAL_ACCESS_TOKEN -> user(session, realm, PERSON).getId();
          case API_KEY -> session.users().getServiceAccount(robot).getId();
          case CLIENT_SECRET -> robot.getId();
        };
    String client = kind == KeyKind.CLIENT_SECRET ? owner : realm.getClientByClientId(API).getId();
    Set<String> scopes = kind == KeyKind.CLIENT_SECRET ? Set.of() : ids(realm, READ, WRITE);
    return new AccessKey(
        realm.getId(),
        text.id(),
        kind,
        text.prefix(),
        owner,
        Label.named("ci"),
        new Grant(client, Grant.Form.FINE_GRAINED, scopes, List.of(), List.of()),
        Validity.between(
            new Validity.Creation(now, owner),
            Optional.empty(),
            Optional.of(now.plus(Duration.ofDays(365)))),
        Optional.empty(),
        List.of(KeySecret.current(1, text, now)),
        Usage.NONE,
        1);
  }

  private void fill(KeycloakSession session) {
    RealmModel realm = session.realms().createRealm(id, id);
    realm.setEnabled(true);
    realm.setSslRequired(SslRequired.EXTERNAL);
    RequiredActionProviderModel policy = new RequiredActionProviderModel();
    policy.setAlias(RealmPolicy.ACTION);
    policy.setProviderId(RealmPolicy.ACTION);
    policy.setConfig(new HashMap<>());
    realm.addRequiredActionProvider(policy);
    RoleModel writer = realm.addRole(WRITER);
    ClientModel api = client(realm, API);
    api.setAttribute("access-keys.enabled", "true");
    api.setAttribute("use.refresh.tokens", "false");
    grantable(realm, api, READ).setAttribute("access-keys.open", "true");
    grantable(realm, api, WRITE).addScopeMapping(writer);
    ClientModel robot = client(realm, ROBOT);
    robot.setServiceAccountsEnabled(true);
    user(session, realm, PERSON, Optional.empty()).grantRole(writer);
    user(session, realm, "service-account-robot", Optional.of(robot.getId())).grantRole(writer);
  }

  private static ClientModel client(RealmModel realm, String clientId) {
    ClientModel client = realm.addClient(clientId);
    client.setEnabled(true);
    client.setProtocol("openid-connect");
    client.setFullScopeAllowed(false);
    return client;
  }

  private static ClientScopeModel grantable(RealmModel realm, ClientModel api, String name) {
    ClientScopeModel scope = realm.addClientScope(name);
    scope.setProtocol("openid-connect");
    scope.setAttribute("access-keys.grantable", "true");
    scope.setIncludeInTokenScope(true);
    api.addClientScope(scope, false);
    return scope;
  }

  private static UserModel user(
      KeycloakSession session, RealmModel realm, String name, Optional<String> client) {
    UserModel user = session.users().addUser(realm, null, name, false, false);
    user.setEnabled(true);
    client.ifPresent(user::setServiceAccountClientLink);
    return user;
  }

  /** The key with these restrictions. */
  public static AccessKey restricted(AccessKey key, List<Restriction> restrictions) {
    Grant old = key.grant();
    return key.with(
        key.label(),
        new Grant(
            old.clientId(), old.form(), old.scopes(), old.authorizationDetails(), restrictions));
  }

  /** The key with this owner. */
  public static AccessKey of(AccessKey key, String owner) {
    return new AccessKey(
        key.realmId(),
        key.id(),
        key.kind(),
        key.prefix(),
        owner,
        key.label(),
        key.grant(),
        key.validity(),
        key.roll(),
        key.secrets(),
        key.usage(),
        key.version());
  }

  /** The key of this id, as it is in the database. */
  public static AccessKey find(KeycloakSession session, RealmModel realm, String id) {
    return session.getProvider(KeyStore.class).find(realm, id).orElseThrow();
  }
}
