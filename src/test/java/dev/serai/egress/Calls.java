package dev.serai.egress;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Calls of tests. */
final class Calls {
  private Calls() {}

  static Egress egress(List<String> allow, Names names) {
    return new Egress(allow, 300, Line.options(), loop -> names);
  }

  /** Names that all have these addresses. */
  static Names addresses(String... addresses) {
    return host -> CompletableFuture.completedFuture(parsed(addresses));
  }

  static List<InetAddress> parsed(String... addresses) {
    return Arrays.stream(addresses)
        .map(
            text -> {
              try {
                return InetAddress.getByName(text);
              } catch (UnknownHostException e) {
                throw new IllegalArgumentException(e);
              }
            })
        .toList();
  }

  static EgressRequest post(String url) {
    return post(url, Duration.ofSeconds(30));
  }

  static EgressRequest post(String url, Duration timeout) {
    Map<String, String> headers = Map.of("webhook-id", "msg_1");
    return new EgressRequest(
        "POST", URI.create(url), headers, "{\"a\":1}".getBytes(UTF_8), timeout);
  }

  static EgressAnswer answer(CompletableFuture<EgressAnswer> call) throws Exception {
    return call.get(30, TimeUnit.SECONDS);
  }

  static EgressException failure(CompletableFuture<EgressAnswer> call) throws Exception {
    try {
      throw new AssertionError("answered " + call.get(30, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      return (EgressException) Objects.requireNonNull(e.getCause());
    }
  }
}
