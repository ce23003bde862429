package io.accesskeys.it.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.Gateway.Shipped;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestRealm;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * An entry point. What the ways have in common is the question: may this key read orders of
 * acme-api?
 */
enum EntryPoint {
  VERIFY("verify: Bearer") {
    @Override
    Optional<Boolean> lets(Guards guards, Attempt attempt) {
      return Optional.of(verify(guards, attempt, "Authorization: Bearer " + attempt.key()));
    }
  },
  VERIFY_API_KEY("verify: X-API-Key") {
    @Override
    Optional<Boolean> lets(Guards guards, Attempt attempt) {
      return attempt.lines().isPresent()
          ? Optional.empty()
          : Optional.of(verify(guards, attempt, "X-API-Key: " + attempt.key()));
    }
  },
  VERIFY_BASIC("verify: Basic") {
    @Override
    Optional<Boolean> lets(Guards guards, Attempt attempt) {
      return attempt.lines().isPresent()
          ? Optional.empty()
          : Optional.of(verify(guards, attempt, basic(attempt.key(), "")));
    }
  },
  INTROSPECTION("introspection") {
    @Override
    Optional<Boolean> lets(Guards guards, Attempt attempt) {
      return attempt.key().isEmpty()
          ? Optional.empty()
          : Optional.of(introspected(guards, attempt, attempt.key()));
    }
  },
  EARLIER_JWT("introspection: earlier JWT") {
    @Override
    Optional<Boolean> lets(Guards guards, Attempt attempt) {
      return attempt.earlier().map(jwt -> introspected(guards, attempt, jwt));
    }
  },
  GRANT("token endpoint: own grant") {
    @Override
    Optional<Boolean> lets(Guards guards, Attempt attempt) {
      return attempt.key().isEmpty()
          ? Optional.empty()
          : Optional.of(guards.jwt(attempt).filter(jwt -> isOfKind(jwt, attempt)).isPresent());
    }
  },
  EXCHANGE("token endpoint: exchange") {
    @Override
    Optional<Boolean> lets(Guards guards, Attempt attempt) {
      return attempt.key().isEmpty()
          ? Optional.empty()
          : Optional.of(
              guards.exchanged(attempt).filter(jwt -> isOfKind(jwt, attempt)).isPresent());
    }
  },
  DIRECT_GRANT("token endpoint: direct grant") {
    @Override
    Optional<Boolean> lets(Guards guards, Attempt attempt) {
      return attempt.key().isEmpty()
          ? Optional.empty()
          : Optional.of(guards.granted(attempt).filter(jwt -> isOfKind(jwt, attempt)).isPresent());
    }
  },
  NGINX("nginx") {
    @Override
    Optional<Boolean> lets(Guards guards, Attempt attempt) {
      return guarded(guards.uri(Shipped.NGINX), attempt);
    }
  },
  CADDY("Caddy") {
    @Override
    Optional<Boolean> lets(Guards guards, Attempt attempt) {
      return guarded(guards.uri(Shipped.CADDY), attempt);
    }
  },
  TRAEFIK("Traefik (stub)") {
    @Override
    Optional<Boolean> lets(Guards guards, Attempt attempt) {
      return guarded(guards.traefik(), attempt);
    }
  },
  ENVOY("Envoy (stub)") {
    @Override
    Optional<Boolean> lets(Guards guards, Attempt attempt) {
      return attempt.needs() == Attempt.Needs.ANY_KIND
          ? guarded(guards.envoy(), attempt)
          : Optional.empty();
    }
  },
  APACHE("Apache") {
    @Override
    Optional<Boolean> lets(Guards guards, Attempt attempt) {
      return guarded(guards.uri(Shipped.APACHE), attempt);
    }
  },
  SPRING_OPAQUE_TOKEN("Spring: opaque") {
    @Override
    Optional<Boolean> lets(Guards guards, Attempt attempt) {
      return guarded(guards.uri(Shipped.SPRING_OPAQUE_TOKEN), attempt);
    }
  },
  HAPROXY("HAProxy: new JWT") {
    @Override
    Optional<Boolean> lets(Guards guards, Attempt attempt) {
      return traded(guards, guards.uri(Shipped.HAPROXY), attempt);
    }
  },
  HAPROXY_EARLIER("HAProxy: earlier JWT") {
    @Override
    Optional<Boolean> lets(Guards guards, Attempt attempt) {
      return attempt.earlier().map(jwt -> passes(guards.uri(Shipped.HAPROXY), attempt, jwt));
    }
  },
  SPRING_JWT("Spring: new JWT") {
    @Override
    Optional<Boolean> lets(Guards guards, Attempt attempt) {
      return traded(guards, guards.uri(Shipped.SPRING_JWT), attempt);
    }
  },
  SPRING_JWT_EARLIER("Spring: earlier JWT") {
    @Override
    Optional<Boolean> lets(Guards guards, Attempt attempt) {
      return attempt.earlier().map(jwt -> passes(guards.uri(Shipped.SPRING_JWT), attempt, jwt));
    }
  };

  private final String title;

  EntryPoint(String title) {
    this.title = title;
  }

  /** The head of its column. */
  String title() {
    return title;
  }

  /** Whether the attempt gets in; empty where it cannot be made. */
  abstract Optional<Boolean> lets(Guards guards, Attempt attempt);

  static String basic(String user, String password) {
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }

  private static boolean verify(Guards guards, Attempt attempt, String credential) {
    String kind = attempt.needs().kind();
    URI uri =
        guards
            .realm()
            .uri(
                "/access-keys/verify?client=acme-api&scope=orders:read"
                    + (kind.isEmpty() ? "" : "&kind=" + kind)
                    + attempt.query().replace("?", "&"));
    List<String> lines = new ArrayList<>(attempt.presenting(credential));
    attempt.address().ifPresent(address -> lines.add("X-Forwarded-For: " + address));
    return RawHttp.get(uri, lines).status() == 200;
  }

  /** As a resource server does who knows RFC 7662: active, for me, with the scope and the kind. */
  private static boolean introspected(Guards guards, Attempt attempt, String token) {
    Reply reply = guards.realm().introspect(token, Guards.told(attempt));
    if (reply.status() != 200) {
      return false;
    }
    JsonNode answer = reply.json();
    String kind = attempt.needs().kind();
    return answer.path("active").asBoolean()
        && answer.path("client_id").asText().equals("acme-api")
        && Arrays.asList(answer.path("scope").asText().split(" ", -1)).contains("orders:read")
        && (kind.isEmpty()
            || answer.path("access_key").path("kind").asText().equals(kind)
            || answer.path("access_key_kind").asText().equals(kind));
  }

  private static boolean isOfKind(String jwt, Attempt attempt) {
    String kind = attempt.needs().kind();
    return kind.isEmpty() || TestRealm.claims(jwt).path("access_key_kind").asText().equals(kind);
  }

  /** A gateway knows itself where the client is: only from here can it be tried. */
  private static Optional<Boolean> guarded(URI gateway, Attempt attempt) {
    return attempt.address().isPresent()
        ? Optional.empty()
        : Optional.of(passes(gateway, attempt, attempt.key()));
  }

  private static Optional<Boolean> traded(Guards guards, URI gateway, Attempt attempt) {
    return attempt.key().isEmpty()
        ? Optional.empty()
        : Optional.of(guards.jwt(attempt).filter(jwt -> passes(gateway, attempt, jwt)).isPresent());
  }

  private static boolean passes(URI gateway, Attempt attempt, String token) {
    URI uri = URI.create(gateway + attempt.needs().path() + attempt.query());
    return RawHttp.get(uri, attempt.presenting("Authorization: Bearer " + token)).status() == 200;
  }
}
