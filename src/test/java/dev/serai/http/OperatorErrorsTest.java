package dev.serai.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;

class OperatorErrorsTest {
  private final HttpDoor door = new HttpDoor();

  @Test
  void callers_are_asked_to_come_again_as_long_as_the_routes_are_not_there() {
    ResponseEntity<byte[]> early = answer();
    door.open();
    ResponseEntity<byte[]> late = answer();

    assertThat(early.getStatusCode().value()).isEqualTo(503);
    assertThat(early.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
    assertThat(new String(early.getBody(), StandardCharsets.UTF_8)).contains("\"starting\"");
    assertThat(late.getStatusCode().value()).isEqualTo(404);
    assertThat(new String(late.getBody(), StandardCharsets.UTF_8)).contains("/routes/reload");
  }

  private ResponseEntity<byte[]> answer() {
    return new OperatorErrors(door).answer(new MockHttpServletRequest("POST", "/routes/reload"));
  }
}
