package io.accesskeys.request;

import io.accesskeys.model.Partial;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * A container of beans that knows the request at hand and nothing else; and of that, only the other
 * end of its connection.
 */
public final class PeerOfRequest extends CDI<Object> {

  private final Optional<SocketAddress> peer;

  private PeerOfRequest(Optional<SocketAddress> peer) {
    this.peer = peer;
  }

  /** From now on the request comes from there; without one, there is no request. */
  static void is(Optional<SocketAddress> peer) {
    PeerOfRequest container = new PeerOfRequest(peer);
    configuredProvider = () -> container;
  }

  /** Leaves things as they were. */
  static void forget() {
    configuredProvider = null;
  }

  @Override
  public <U> Instance<U> select(Class<U> type, Annotation... qualifiers) {
    Map<String, Object> answers =
        peer.filter(known -> type == HttpServerRequest.class)
            .<Map<String, Object>>map(known -> Map.of("isResolvable", true, "get", request(known)))
            .orElse(Map.of("isResolvable", false));
    @SuppressWarnings("unchecked")
    Instance<U> instance = Partial.of(Instance.class, only(answers));
    return instance;
  }

  private static HttpServerRequest request(SocketAddress peer) {
    HttpConnection connection =
        Partial.of(HttpConnection.class, only(Map.of("remoteAddress", peer)));
    return Partial.of(HttpServerRequest.class, only(Map.of("connection", connection)));
  }

  private static Partial.Answers only(Map<String, Object> answers) {
    return (method, arguments) -> Optional.ofNullable(answers.get(method));
  }

  @Override
  public BeanManager getBeanManager() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Instance<Object> select(Annotation... qualifiers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <U> Instance<U> select(TypeLiteral<U> type, Annotation... qualifiers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isUnsatisfied() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isAmbiguous() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void destroy(Object instance) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Handle<Object> getHandle() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Iterable<? extends Handle<Object>> handles() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Object get() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Iterator<Object> iterator() {
    throw new UnsupportedOperationException();
  }
}
