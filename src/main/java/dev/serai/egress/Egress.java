package dev.serai.egress;

import io.vertx.core.http.HttpClientOptions;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Calls addresses that somebody else chose, such as those of webhooks.
 *
 * <p>A name is looked up once, each of its addresses must be public or allowed, and the call goes
 * to one of those that were checked; the certificate is checked against the name. Redirects are
 * answers. No thread waits for a receiver. Thread-safe.
 */
@Component("egress")
public final class Egress implements AutoCloseable {
  private final AddressRules rules;
  private final HttpClientOptions options;
  private final int most;
  private final Line.NamesOfLoop names;
  private final Set<EgressCall> calls = ConcurrentHashMap.newKeySet();

  private @Nullable Line line; // opened with the first call
  private boolean closed;

  /**
   * Calls with the JVM's trust store and the machine's DNS.
   *
   * @param allow addresses and ranges that may be called although they are not public
   * @param most calls at once, to all receivers together; one more fails
   */
  @Autowired
  public Egress(
      @Value("${serai.webhooks.egress-allow}") List<String> allow,
      @Value("${serai.webhooks.egress-calls}") int most) {
    this(allow, most, Line.options(), DnsNames::new);
  }

  Egress(List<String> allow, int most, HttpClientOptions options, Line.NamesOfLoop names) {
    this.rules = new AddressRules(allow);
    this.most = most;
    this.options = options;
    this.names = names;
  }

  /**
   * Refuses a URL that is never called, whatever DNS says; it does not ask DNS.
   *
   * @throws RefusedTargetException with what to write instead
   */
  public void check(URI url) throws RefusedTargetException {
    Target.check(Target.of(url).literal().stream().toList(), rules);
  }

  /**
   * Makes a call.
   *
   * @return fails with {@link EgressException}. It ends on the thread that makes all calls: what
   *     follows must not wait there. Cancelling it ends the call.
   */
  public CompletableFuture<EgressAnswer> call(EgressRequest request) {
    if (calls.size() >= most) {
      return CompletableFuture.failedFuture(EgressException.tooMany(most));
    }
    EgressCall call;
    try {
      call = new EgressCall(request, Target.of(request.url()), rules, line());
    } catch (RefusedTargetException e) {
      return CompletableFuture.failedFuture(EgressException.refused(e));
    }
    calls.add(call);
    call.answer().whenComplete((answer, failure) -> calls.remove(call));
    call.start();
    return call.answer();
  }

  private synchronized Line line() {
    if (closed) {
      throw new IllegalStateException("no calls are made while Serai stops");
    }
    if (line == null) {
      line = Line.open(options, most, names);
    }
    return line;
  }

  /** Ends all calls, which fail, and the connections. */
  @Override
  public void close() {
    Line open;
    synchronized (this) {
      closed = true;
      open = line;
    }
    calls.forEach(EgressCall::stop);
    if (open != null) {
      open.close();
    }
  }
}
