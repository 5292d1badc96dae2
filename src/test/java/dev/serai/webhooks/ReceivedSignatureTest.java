package dev.serai.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.egress.Egress;
import dev.serai.egress.EgressAnswer;
import dev.serai.egress.EgressRequest;
import dev.serai.support.ClientScript;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What receivers in Node, with libraries of others, make of the bytes that have really arrived. */
class ReceivedSignatureTest {
  private static final String BODY =
      "{\"type\":\"order.paid\",\"data\":{\"name\":\"Zoë \\u0007\"}}";

  private final Secret secret = Secret.generate();

  @Test
  void both_libraries_verify_what_arrived() throws Exception {
    JsonNode received = received(secret, List.of(secret));

    assertThat(received.path("standardwebhooks").asText()).isEqualTo("verified");
    assertThat(received.path("svix").asText()).isEqualTo("verified");
    assertThat(received.path("id").asText()).isEqualTo("msg_1");
    assertThat(received.path("body").asText()).isEqualTo(BODY);
  }

  @Test
  void a_receiver_with_the_old_secret_and_one_with_the_new_verify_both() throws Exception {
    Secret old = Secret.generate();

    for (Secret known : List.of(old, secret)) {
      JsonNode received = received(known, List.of(secret, old));

      assertThat(received.path("standardwebhooks").asText()).isEqualTo("verified");
      assertThat(received.path("svix").asText()).isEqualTo("verified");
    }
  }

  @Test
  void with_another_secret_both_libraries_refuse_it() throws Exception {
    JsonNode received = received(Secret.generate(), List.of(secret));

    assertThat(received.path("standardwebhooks").asText()).isEqualTo("No matching signature found");
    assertThat(received.path("svix").asText()).isEqualTo("No matching signature found");
  }

  private static JsonNode received(Secret known, List<Secret> signers) throws Exception {
    try (ClientScript receiver = ClientScript.node("receiver.mjs");
        Egress egress = new Egress(List.of("127.0.0.1"), 1)) {
      URI url = URI.create("http://127.0.0.1:" + receiver.next().path("port").asInt() + "/hook");
      byte[] body = BODY.getBytes(UTF_8);
      receiver.tell(known.text());
      assertThat(receiver.next().has("knows")).isTrue();

      EgressAnswer answer =
          egress
              .call(
                  new EgressRequest(
                      "POST",
                      url,
                      Signatures.headers("msg_1", Instant.now(), body, signers),
                      body,
                      Duration.ofSeconds(30)))
              .get(30, TimeUnit.SECONDS);

      assertThat(answer.status()).isEqualTo(204);
      return receiver.next();
    }
  }
}
