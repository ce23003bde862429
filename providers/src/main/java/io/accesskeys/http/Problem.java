package io.accesskeys.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.accesskeys.key.RefusedRequestException;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.management.KeyConflictException;
import io.accesskeys.management.KeyNotFoundException;
import io.accesskeys.management.NotAllowedException;
import io.accesskeys.management.TooManyKeysException;
import io.accesskeys.management.api.ApiConflictException;
import io.accesskeys.policy.InvalidPolicyException;
import io.accesskeys.store.BusyException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An RFC 9457 problem.
 *
 * @param type a URN that names the kind of problem
 * @param title what it is, the same for every problem of the kind
 * @param status the HTTP status code
 * @param detail what was wrong this time
 * @param field the member of the request that was wrong, if it was one
 * @param errors every member that was wrong, where it may be several
 * @param errorMessage all of it in one text, as Keycloak's own admin endpoints name it; absent
 *     elsewhere
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String field,
    List<WrongMember> errors,
    String errorMessage) {

  /**
   * A member of the request that was wrong.
   *
   * @param detail what was wrong with it
   */
  public record WrongMember(String field, String detail) {}

  private static final int LONGEST_MEMBER = 60;

  /** The kinds of problem, each with its status. */
  public enum Kind {
    INVALID_REQUEST(400, "invalid-request", "The request is not valid"),
    UNAUTHENTICATED(401, "unauthenticated", "The request is not authenticated"),
    FRESH_LOGIN_NEEDED(401, "fresh-login-needed", "A more recent authentication is required"),
    FORBIDDEN(403, "forbidden", "The request is not permitted"),
    INSUFFICIENT_SCOPE(403, "insufficient-scope", "The key does not have the scope"),
    NOT_FOUND(404, "not-found", "Not found"),
    CONFLICT(409, "conflict", "The request conflicts with the current state"),
    TOO_LARGE(413, "too-large", "The request is too large"),
    TOO_MANY_REQUESTS(429, "too-many-requests", "Too many requests");

    private final int status;
    private final String name;
    private final String title;

    Kind(int status, String name, String title) {
      this.status = status;
      this.name = name;
      this.title = title;
    }
  }

  /** A problem of this kind. */
  public static Problem of(Kind kind, String detail) {
    return new Problem(
        "urn:access-keys:problem:" + kind.name, kind.title, kind.status, detail, null, null, null);
  }

  /** The problem with a request that one of our rules refuses. */
  public static Problem of(RefusedRequestException refusal) {
    if (refusal instanceof ProblemException known) {
      return known.problem();
    }
    if (refusal instanceof InvalidPolicyException policy) {
      return of(policy.reasons());
    }
    if (refusal instanceof ApiConflictException api) {
      return of(Kind.CONFLICT, api.reasons());
    }
    if (refusal instanceof KeyConflictException conflict) {
      return of(Kind.CONFLICT, conflict.getMessage());
    }
    if (refusal instanceof BusyException) {
      return of(Kind.CONFLICT, refusal.getMessage());
    }
    if (refusal instanceof KeyNotFoundException) {
      return of(Kind.NOT_FOUND, refusal.getMessage());
    }
    if (refusal instanceof NotAllowedException) {
      return of(Kind.FORBIDDEN, refusal.getMessage());
    }
    if (refusal instanceof TooManyKeysException) {
      return of(Kind.TOO_MANY_REQUESTS, refusal.getMessage());
    }
    Problem problem = of(Kind.INVALID_REQUEST, refusal.getMessage());
    return refusal instanceof InvalidRequestException invalid && !invalid.field().isEmpty()
        ? problem.at(invalid.field())
        : problem;
  }

  /**
   * The same, with the member of the request that was wrong. A name longer than any of ours is left
   * out: it may be a key in the wrong place.
   */
  public Problem at(String member) {
    return member.length() > LONGEST_MEMBER
        ? this
        : new Problem(type, title, status, detail, member, errors, null);
  }

  /**
   * The problem with a request in which each of these members is wrong.
   *
   * @param reasons by the member's name; at least one
   */
  public static Problem of(Map<String, String> reasons) {
    return of(Kind.INVALID_REQUEST, reasons);
  }

  /**
   * The same, of this kind.
   *
   * @param reasons by the member's name; at least one
   */
  public static Problem of(Kind kind, Map<String, String> reasons) {
    List<WrongMember> wrong =
        reasons.entrySet().stream()
            .map(reason -> new WrongMember(shown(reason.getKey()), reason.getValue()))
            .sorted(Comparator.comparing(WrongMember::field))
            .toList();
    String detail =
        wrong.stream()
            .map(one -> one.field() + " " + one.detail())
            .collect(Collectors.joining("; "));
    Problem problem = of(kind, detail);
    return new Problem(
        problem.type, problem.title, problem.status, detail, wrong.get(0).field(), wrong, null);
  }

  /**
   * The same for administrators, whose tools print nothing but {@code errorMessage}. {@code kcadm}
   * takes the text for ISO 8859-1, because the media type is not {@code application/json}.
   */
  Problem forAdministrators() {
    boolean complete = field == null || errors != null;
    String message = (complete ? detail : field + ": " + detail).replace("…", "...");
    return new Problem(type, title, status, detail, field, errors, message);
  }

  private static String shown(String member) {
    return member.length() > LONGEST_MEMBER ? member.substring(0, 8) + "…" : member;
  }

  /** The response, which no cache may keep; more headers can be added. */
  public Response.ResponseBuilder response() {
    return Response.status(status)
        .type("application/problem+json")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .entity(this);
  }

  /** To throw from any depth of a resource. */
  public ProblemException exception() {
    return new ProblemException(this);
  }
}
