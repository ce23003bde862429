package io.accesskeys;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.oauth.grant.AccessKeyGrantTypeFactory;
import io.accesskeys.store.KeyChanged;
import io.accesskeys.store.SchemaCompatibility;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.infinispan.protostream.annotations.ProtoTypeId;
import org.junit.jupiter.api.Test;
import org.keycloak.compatibility.CompatibilityMetadataProvider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** What Keycloak finds in the jar, and under which names: realm exports carry them. */
final class ServicesTest {

  private static final Path SERVICES = MainSources.RESOURCES.resolve("META-INF/services");

  /** Never renamed: realms, tokens, configurations and databases hold these. */
  private static final Map<String, String> PROVIDER_IDS =
      Map.ofEntries(
          entry("audit.AuditFactory", "default"),
          entry("console.ConsoleThemesFactory", "access-keys"),
          entry("schedule.PickupDelivery", "pickup"),
          entry("schedule.SelfDelivery", "self"),
          entry("restriction.app.AndroidRestrictionType", "android"),
          entry("restriction.app.IosRestrictionType", "ios"),
          entry("restriction.client.ClientRestrictionType", "client"),
          entry("restriction.ip.IpRestrictionType", "ip"),
          entry("restriction.referrer.ReferrerRestrictionType", "referrer"),
          entry("store.KeyStoreFactory", "jpa"),
          entry("store.ClientRolesListenerFactory", "access-keys-client-roles"),
          entry("store.ScopeRolesListenerFactory", "access-keys-scope-roles"),
          entry("store.SelfRegistrationListenerFactory", "access-keys-self-registration"),
          entry("oauth.discovery.OAuthDiscoveryFactory", "oauth-authorization-server"),
          entry("oauth.discovery.OpenIdDiscoveryFactory", "openid-configuration"),
          entry("policy.PolicyListenerFactory", "access-keys-policy"),
          entry("policy.RealmPoliciesFactory", "default"),
          entry("management.removal.RemovalsFactory", "default"),
          entry("jobs.JobsFactory", "default"),
          entry("store.StoreEntitiesFactory", "access_keys"),
          entry("oauth.client.AccessKeyClientAuthenticator", "client-secret"),
          entry("signin.page.CreateAccessKeyActionFactory", "create-access-key"),
          entry("signin.address.ClientAddressCondition", "client-address-condition"),
          entry("signin.address.IpRestrictionAuthenticator", "ip-restriction-authenticator"),
          entry("console.ThemeFiles", "access-keys"),
          entry("rest.admin.AccessKeysAdminResourceProviderFactory", "access-keys"),
          entry("rest.AccessKeysResourceProviderFactory", "access-keys"),
          entry("oauth.introspection.AccessKeyHintProviderFactory", "access-key"),
          entry("oauth.introspection.AccessKeyIntrospectionProviderFactory", "access_token"),
          entry("oauth.directgrant.ApiKeyAuthenticatorFactory", "api-key-authenticator"),
          entry("oauth.directgrant.MintedTokenProcessorFactory", "access-keys"),
          entry(
              "oauth.directgrant.PersonalAccessTokenAuthenticatorFactory",
              "personal-access-token-authenticator"),
          entry("oauth.grant.AccessKeyGrantTypeFactory", "urn:access-keys:grant-type:access-key"),
          entry("oauth.exchange.AccessKeyExchangeFactory", "access-key"),
          entry("token.MintedTokenExchangeGuard", "access-keys-guard"),
          entry("oauth.grant.UmaGrantTypeFactory", "urn:ietf:params:oauth:grant-type:uma-ticket"),
          entry("token.MintedTokenVerifier", "access-keys"),
          entry("usage.UsageLogFactory", "default"));

  private static final Map<String, String> SPI_NAMES =
      Map.of(
          "audit.AuditFactory", "access-key-audit",
          "schedule.RollDeliverySpi", "access-key-roll-delivery",
          "policy.RealmPoliciesFactory", "access-key-policy",
          "management.removal.RemovalsFactory", "access-key-removal",
          "restriction.RestrictionSpi", "access-key-restriction",
          "store.KeyStoreFactory", "access-key-store",
          "usage.UsageLogFactory", "access-key-usage",
          "jobs.JobsFactory", "access-key-jobs");

  private static final List<Class<?>> NO_FACTORIES =
      List.of(Spi.class, CompatibilityMetadataProvider.class);

  @Test
  void everyFactoryAndSpiHasItsServicesLine() {
    Map<String, Set<String>> registered = new HashMap<>();
    lines()
        .forEach(
            (service, names) ->
                names.forEach(
                    name -> registered.computeIfAbsent(name, n -> new TreeSet<>()).add(service)));
    assertThat(registered.keySet())
        .containsExactlyInAnyOrderElementsOf(providers().map(Class::getName).toList());
  }

  @Test
  void everyLineIsAnImplementationThatCanBeMade() throws ReflectiveOperationException {
    for (Map.Entry<String, List<String>> file : lines().entrySet()) {
      Class<?> service = Class.forName(file.getKey());
      assertThat(service)
          .isAssignableTo(
              NO_FACTORIES.stream()
                  .filter(type -> type.getName().equals(file.getKey()))
                  .findFirst()
                  .orElse(ProviderFactory.class));
      assertThat(file.getValue()).as(file.getKey()).isNotEmpty().doesNotHaveDuplicates();
      for (String name : file.getValue()) {
        assertThat(instance(name)).isInstanceOf(service);
      }
    }
  }

  @Test
  void everySpiHasAFactoryOfOurs() {
    assertThat(
            providers()
                .filter(Spi.class::isAssignableFrom)
                .map(type -> (Spi) instance(type.getName())))
        .isNotEmpty()
        .allSatisfy(
            spi -> assertThat(lines()).containsKey(spi.getProviderFactoryClass().getName()));
  }

  @Test
  void providerIdsNeverChange() {
    Map<String, String> ids = new TreeMap<>();
    providers()
        .filter(ProviderFactory.class::isAssignableFrom)
        .forEach(
            type ->
                ids.put(shortName(type), ((ProviderFactory<?>) instance(type.getName())).getId()));
    assertThat(ids).containsExactlyInAnyOrderEntriesOf(PROVIDER_IDS);
  }

  @Test
  void spiNamesNeverChange() {
    Map<String, String> names = new TreeMap<>();
    providers()
        .filter(Spi.class::isAssignableFrom)
        .forEach(type -> names.put(shortName(type), ((Spi) instance(type.getName())).getName()));
    assertThat(names).containsExactlyInAnyOrderEntriesOf(SPI_NAMES);
  }

  @Test
  void shortcutInTokenIdsNeverChanges() {
    assertThat(new AccessKeyGrantTypeFactory().getShortcut()).isEqualTo("ak");
    assertThat(AccessKeyGrantTypeFactory.ID).isEqualTo("urn:access-keys:grant-type:access-key");
  }

  @Test
  void typeOfTheClusterMessageNeverChanges() {
    assertThat(KeyChanged.class.getAnnotation(ProtoTypeId.class).value()).isEqualTo(948_100);
  }

  private static String shortName(Class<?> type) {
    return type.getName().replaceFirst("^io\\.accesskeys\\.", "");
  }

  @Test
  void theIdOfOurCompatibilityNeverChanges() {
    assertThat(new SchemaCompatibility().getId()).isEqualTo("access-keys");
  }

  /** Our classes that Keycloak can only find through a services line. */
  private static Stream<Class<?>> providers() {
    return MainSources.all().stream()
        .filter(source -> !source.path().endsWith("package-info.java"))
        .<Class<?>>map(source -> loaded(source.className()))
        .filter(
            type ->
                ProviderFactory.class.isAssignableFrom(type)
                    || NO_FACTORIES.stream().anyMatch(other -> other.isAssignableFrom(type)))
        .filter(type -> !type.isInterface() && !Modifier.isAbstract(type.getModifiers()));
  }

  /** By service, the classes that are registered for it. */
  private static Map<String, List<String>> lines() {
    try (Stream<Path> files = Files.list(SERVICES)) {
      Map<String, List<String>> lines = new TreeMap<>();
      files.forEach(
          file ->
              lines.put(
                  file.getFileName().toString(),
                  MainSources.read(file)
                      .lines()
                      .map(line -> line.replaceFirst("#.*", "").strip())
                      .filter(line -> !line.isEmpty())
                      .toList()));
      return lines;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Object instance(String name) {
    try {
      return loaded(name).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(name + " cannot be made", e);
    }
  }

  private static Class<?> loaded(String name) {
    try {
      return Class.forName(name, false, ServicesTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
