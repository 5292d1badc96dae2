package dev.serai.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which requests an exchange of routes holds. */
class HttpDoorTest {

  @ParameterizedTest
  @CsvSource({
    "/events, /events, true",
    "/events, /events/batch, false",
    "/users/{id}/profile, /users/7/profile, true",
    "/users/:id, /users/7, true",
    "/users/:id, /users, false",
    "/hooks/*, /hooks, true",
    "/hooks/*, /hooks/a/b, true",
    "/hooks/*, /hook/a, false",
  })
  void a_path_is_one_of_the_pattern(String pattern, String path, boolean one) {
    assertThat(HttpDoor.leadsTo(pattern.split("/", -1), path.split("/", -1))).isEqualTo(one);
  }
}
