package io.accesskeys.springapi;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.configuration.WebSecurityCustomizer;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.annotation.RegisteredOAuth2AuthorizedClient;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/**
 * An API such as anybody would write with Spring Security's resource server: what a caller needs
 * stands at each method, all else in {@code application.yaml}. It runs in a process of its own.
 */
@SpringBootApplication(proxyBeanMethods = false)
@EnableMethodSecurity
@RestController
public class OrdersApi {

  private static final String MAY_READ_ORDERS =
      "hasAuthority('SCOPE_orders:read') and @ordersApi.client(principal) == 'acme-api'";

  /** The start of the process. */
  public static void main(String[] args) {
    SpringApplication.run(OrdersApi.class, args);
  }

  /** For any key with the scope. */
  @GetMapping("/orders/**")
  @PreAuthorize(MAY_READ_ORDERS)
  public String orders() {
    return "orders";
  }

  /** For API keys only. */
  @GetMapping("/jobs/**")
  @PreAuthorize(MAY_READ_ORDERS + " and @ordersApi.kind(principal) == 'api-key'")
  public String jobs() {
    return "jobs";
  }

  /** For personal access tokens only. */
  @GetMapping("/people/**")
  @PreAuthorize(MAY_READ_ORDERS + " and @ordersApi.kind(principal) == 'personal-access-token'")
  public String people() {
    return "people";
  }

  /** For everybody: nobody has to say who they are. */
  @GetMapping("/catalog/**")
  public String catalog() {
    return "catalog";
  }

  /** Lets the catalogue past all filters. */
  @Bean
  WebSecurityCustomizer open() {
    return security -> security.ignoring().requestMatchers("/catalog/**");
  }

  /**
   * For keys that name this one among their resources, and for those that name none. Others do not
   * hear that it exists.
   */
  @GetMapping("/repositories/{name}")
  @PreAuthorize("hasAuthority('SCOPE_orders:read')")
  public ResponseEntity<String> repository(
      @PathVariable("name") String name, Authentication caller) {
    return names(caller.getPrincipal(), name)
        ? ResponseEntity.ok(name)
        : ResponseEntity.notFound().build();
  }

  /** For people who came by this one app, and not with a key. */
  @GetMapping("/profile/**")
  @PreAuthorize("hasAuthority('SCOPE_orders:read') and @ordersApi.client(principal) == 'acme-app'")
  public String profile() {
    return "profile";
  }

  /** For people who have signed in here, where it is configured as an application of theirs. */
  @GetMapping("/hello")
  public String hello(Principal person) {
    return "Hello " + person.getName();
  }

  /**
   * For people who have signed in here, also when they are long gone: what another API says to
   * whoever calls it for them.
   *
   * @param person with an access token that Spring has refreshed if it had to
   * @param api the address of that API
   */
  @GetMapping("/delivery")
  public String delivery(
      @RegisteredOAuth2AuthorizedClient("keycloak") OAuth2AuthorizedClient person,
      @Value("${orders.api}") String api) {
    return RestClient.create(api)
        .get()
        .uri("/repositories/anvil")
        .headers(headers -> headers.setBearerAuth(person.getAccessToken().getTokenValue()))
        .retrieve()
        .body(String.class);
  }

  /** The API client that the caller's key is for. */
  public String client(Object principal) {
    return principal instanceof Jwt jwt
        ? jwt.getClaimAsString("azp")
        : String.valueOf(introspected(principal).get("client_id"));
  }

  /** The kind of the caller's key. */
  public String kind(Object principal) {
    return principal instanceof Jwt jwt
        ? jwt.getClaimAsString("access_key_kind")
        : introspected(principal).get("access_key") instanceof Map<?, ?> key
            ? String.valueOf(key.get("kind"))
            : String.valueOf(introspected(principal).get("access_key_kind"));
  }

  private static boolean names(Object principal, String resource) {
    Object details =
        principal instanceof Jwt jwt
            ? jwt.getClaims().get("authorization_details")
            : introspected(principal).get("authorization_details");
    return !(details instanceof List<?> all)
        || all.stream()
            .anyMatch(
                detail ->
                    detail instanceof Map<?, ?> one
                        && one.get("locations") instanceof List<?> locations
                        && locations.contains(resource));
  }

  private static Map<String, Object> introspected(Object principal) {
    return ((OAuth2AuthenticatedPrincipal) principal).getAttributes();
  }
}
