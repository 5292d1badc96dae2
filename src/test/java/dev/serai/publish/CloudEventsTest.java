package dev.serai.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.serai.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CloudEventsTest {

  @Test
  void reads_the_binary_form_with_encoded_values() throws Exception {
    Event event =
        CloudEvents.binary(
            Map.of(
                "ce-id",
                "1",
                "ce-source",
                "/shop",
                "ce-specversion",
                "1.0",
                "ce-type",
                "shop.view",
                "ce-subject",
                "Euro%20%E2%82%AC",
                "user-agent",
                "curl"),
            "text/plain",
            bytes("hello"));

    assertThat(event.attributes())
        .containsEntry("subject", "Euro €")
        .containsEntry("type", "shop.view")
        .doesNotContainKey("user-agent");
    assertThat(event.id()).isEqualTo("1");
    assertThat(event.contentType()).isEqualTo("text/plain");
    assertThat(event.data()).isEqualTo(bytes("hello"));
  }

  @Test
  void reads_the_structured_form_with_json_text_and_binary_data() throws Exception {
    assertThat(data("\"data\":{\"a\":1}")).isEqualTo("{\"a\":1}");
    assertThat(data("\"data\":\"x\"")).isEqualTo("\"x\"");
    assertThat(data("\"datacontenttype\":\"text/plain\",\"data\":\"x\"")).isEqualTo("x");
    assertThat(data("\"data_base64\":\"aGk=\"")).isEqualTo("hi");
    assertThat(data("\"subject\":\"none\"")).isEmpty();
  }

  @Test
  void names_every_missing_attribute() {
    ProblemException problem =
        catchThrowableOfType(
            ProblemException.class,
            () -> CloudEvents.structured(bytes("{\"id\":\"1\",\"type\":3}")));

    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.errors())
        .extracting(ProblemException.FieldError::pointer)
        .containsExactly("#/source", "#/specversion", "#/type");
  }

  @Test
  void names_the_element_of_a_batch_that_is_wrong() {
    String good = "{\"id\":\"1\",\"source\":\"/s\",\"specversion\":\"1.0\",\"type\":\"t\"}";
    ProblemException problem =
        catchThrowableOfType(
            ProblemException.class, () -> CloudEvents.batch(bytes("[" + good + ",7]")));

    assertThat(problem.errors())
        .extracting(ProblemException.FieldError::pointer)
        .containsExactly("#/1");
  }

  @Test
  void refuses_data_in_two_forms_control_characters_and_broken_encoding() {
    assertRefused("\"data\":1,\"data_base64\":\"aGk=\"");
    assertRefused("\"subject\":\"a\\u0007b\"");
    assertRefused("\"Subject\":\"a\"");
    assertThatThrownBy(() -> CloudEvents.binary(Map.of("ce-id", "%FF"), "text/plain", new byte[0]))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void tells_the_forms_apart() {
    assertThat(CloudEvents.isBatch("application/CloudEvents-Batch+json")).isTrue();
    assertThat(CloudEvents.isStructured("application/cloudevents+json; charset=UTF-8")).isTrue();
    assertThat(CloudEvents.isStructured("application/json")).isFalse();
    assertThat(CloudEvents.isBinary(Map.of("CE-Id", "1"))).isTrue();
  }

  private static void assertRefused(String more) {
    assertThatThrownBy(() -> data(more)).isInstanceOf(ProblemException.class);
  }

  private static String data(String more) throws ProblemException {
    String json =
        "{\"id\":\"1\",\"source\":\"/s\",\"specversion\":\"1.0\",\"type\":\"t\"," + more + "}";
    return new String(CloudEvents.structured(bytes(json)).data(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
