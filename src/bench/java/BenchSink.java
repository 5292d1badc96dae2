import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Takes webhooks on one thread and answers 204. Arguments: its port. {@code PUT /secret/PATH} with a secret makes it verify
 * every hundredth message that comes to PATH; {@code GET /count} answers how many came, how many of them were different
 * messages, and how many had a wrong signature.
 */
public class BenchSink {
  private final Set<String> messages = new HashSet<>();
  private final java.util.Map<String, byte[]> secrets = new java.util.HashMap<>();
  private int came;
  private int wrong;

  public static void main(String[] arguments) throws Exception {
    BenchSink sink = new BenchSink();
    Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1))
        .createHttpServer()
        .requestHandler(sink::take)
        .listen(Integer.parseInt(arguments[0]), "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get();
  }

  private void take(HttpServerRequest request) {
    if (request.path().equals("/count")) {
      request.response().end("%d %d %d%n".formatted(came, messages.size(), wrong));
      return;
    }
    request.bodyHandler(
        body -> {
          if (request.path().startsWith("/secret/")) {
            String key = body.toString().replace("whsec_", "");
            secrets.put(request.path().substring(7), Base64.getDecoder().decode(key));
          } else {
            count(request, body.getBytes());
          }
          request.response().setStatusCode(204).end();
        });
  }

  private void count(HttpServerRequest request, byte[] body) {
    String id = request.getHeader("webhook-id");
    messages.add(request.path() + id);
    byte[] secret = secrets.get(request.path());
    if (came++ % 100 == 0 && secret != null && !verified(request, id, body, secret)) {
      wrong++;
    }
  }

  private static boolean verified(HttpServerRequest request, String id, byte[] body, byte[] secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      String start = id + "." + request.getHeader("webhook-timestamp") + ".";
      mac.update(start.getBytes(StandardCharsets.UTF_8));
      String right = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
      return right.equals(request.getHeader("webhook-signature"));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
