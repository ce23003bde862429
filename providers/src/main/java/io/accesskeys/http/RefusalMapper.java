package io.accesskeys.http;

import io.accesskeys.key.RefusedRequestException;
import io.accesskeys.management.TooManyKeysException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Answers a request that one of our rules refuses, as problem details (RFC 9457). What the request
 * has changed so far is rolled back, as by {@code KeycloakErrorHandler} for what Keycloak refuses;
 * events of refusals are stored in a transaction of their own ({@code
 * EventBuilder.storeImmediately}) and stay.
 *
 * <p>Entry points that answer in other terms never let such an exception reach JAX-RS: OAuth
 * endpoints, the page at sign-in, jobs and the import, which answers for each row.
 */
@Provider
public final class RefusalMapper implements ExceptionMapper<RefusedRequestException> {

  @Override
  public Response toResponse(RefusedRequestException refusal) {
    KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
    session.getTransactionManager().setRollbackOnly();
    Response.ResponseBuilder response = Problem.of(refusal).response();
    return refusal instanceof TooManyKeysException many
        ? response.header(HttpHeaders.RETRY_AFTER, many.seconds()).build()
        : response.build();
  }
}
