package dev.serai.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.support.SeraiApp;
import dev.serai.support.TestPack;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What rest blocks take and what they answer that is wrong by itself. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestBlockTest {
  private SeraiApp serai;

  @BeforeAll
  void start(@TempDir Path folder) {
    TestPack.install(folder.resolve("routes"), "answers", text -> text);
    serai =
        SeraiApp.start(
            folder.resolve("data"),
            Map.of(
                "serai.routes", folder.resolve("routes").toString(),
                "serai.http.cors-origins", "https://app.example.com, http://localhost:3000",
                "serai.broker.mode", "embedded",
                "serai.broker.embedded.durable", "false"));
  }

  @AfterAll
  void stop() {
    serai.close();
  }

  @Test
  void a_page_of_a_named_origin_may_read_the_answer_with_its_users_cookies() throws Exception {
    HttpResponse<String> answer =
        answer(request("/typed").setHeader("Origin", "https://app.example.com").GET());

    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
        .hasValue("https://app.example.com");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials")).hasValue("true");
    assertThat(answer.headers().allValues("Vary")).contains("Origin");
  }

  @Test
  void it_may_ask_before_with_headers_of_its_own() throws Exception {
    HttpResponse<String> answer =
        answer(
            request("/typed")
                .setHeader("Origin", "http://localhost:3000")
                .setHeader("Access-Control-Request-Method", "PUT")
                .setHeader("Access-Control-Request-Headers", "last-event-id")
                .method("OPTIONS", BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Methods")).hasValue("PUT");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Headers"))
        .hasValue("last-event-id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example.com", "null", "https://app.example.com.evil.com"})
  void a_page_of_another_origin_reads_nothing(String origin) throws Exception {
    HttpResponse<String> answer = answer(request("/typed").setHeader("Origin", origin).GET());

    assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example.com", "null", "https://app.example.com.evil.com"})
  void a_page_of_another_origin_changes_nothing(String origin) throws Exception {
    HttpResponse<String> answer =
        answer(
            request("/typed")
                .setHeader("Origin", origin)
                .setHeader("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("\"foreign-origin\"");
  }

  @Test
  void a_page_of_a_named_origin_or_of_the_data_port_itself_may_change_something() throws Exception {
    for (String origin :
        new String[] {"https://app.example.com", "http://localhost:" + serai.port()}) {
      HttpResponse<String> answer =
          answer(
              request("/typed")
                  .setHeader("Origin", origin)
                  .setHeader("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString("{}")));

      assertThat(answer.body()).isEqualTo("taken");
    }
  }

  @Test
  void the_type_is_taken() throws Exception {
    HttpRequest.Builder post = request("/typed").POST(BodyPublishers.ofString("{}"));

    assertThat(answer(post.setHeader("Content-Type", "application/json")).body())
        .isEqualTo("taken");
  }

  @Test
  void one_without_a_body_needs_no_type() throws Exception {
    assertThat(answer(request("/typed").GET()).body()).isEqualTo("taken");
  }

  @Test
  void another_type_or_none_is_answered_with_415_and_the_right_one() throws Exception {
    HttpRequest.Builder post = request("/typed").POST(BodyPublishers.ofString("a"));

    for (HttpRequest.Builder wrong :
        new HttpRequest.Builder[] {post, post.copy().setHeader("Content-Type", "text/plain")}) {
      HttpResponse<String> response = answer(wrong);

      assertThat(response.statusCode()).as(response.body()).isEqualTo(415);
      assertThat(response.body())
          .contains("\"unsupported-media-type\"", "POST /typed takes application/json");
    }
  }

  @Test
  void one_that_accepts_another_answer_is_answered_with_406() throws Exception {
    HttpRequest.Builder put =
        request("/typed")
            .PUT(BodyPublishers.ofString("{}"))
            .setHeader("Content-Type", "application/json; charset=utf-8")
            .setHeader("Accept", "image/png");

    HttpResponse<String> response = answer(put);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(406);
    assertThat(response.body()).contains("\"not-acceptable\"");
  }

  @Test
  void capitals_in_the_type_say_nothing() throws Exception {
    HttpRequest.Builder post = request("/typed").POST(BodyPublishers.ofString("{}"));

    HttpResponse<String> response =
        answer(post.setHeader("Content-Type", "Application/JSON; charset=UTF-8"));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("taken");
  }

  @Test
  void capitals_in_the_accepted_type_say_nothing() throws Exception {
    HttpRequest.Builder get = request("/typed").GET().setHeader("Accept", "Text/Plain");

    HttpResponse<String> response = answer(get);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  @Test
  void what_has_no_body_is_not_told_which_type_it_should_send() throws Exception {
    HttpRequest.Builder get = request("/typed").GET().setHeader("Accept", "image/png");

    HttpResponse<String> response = answer(get);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(406);
    assertThat(response.body()).contains("\"not-acceptable\"");
  }

  @Test
  void another_method_is_still_answered_with_405() throws Exception {
    HttpResponse<String> response = answer(request("/typed").DELETE());

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).hasValue("GET, POST, PUT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"header", "body", "status"})
  void an_answer_that_cannot_be_sent_is_a_problem_and_nothing_of_it(String what) throws Exception {
    HttpResponse<String> response = serai.get("/odd/" + what);

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(response.headers().map()).doesNotContainKeys("X-Good", "X-Odd", "Set-Cookie");
    assertThat(new ObjectMapper().readTree(response.body()).path("code").asText())
        .isEqualTo("internal");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + serai.port() + path));
  }

  private HttpResponse<String> answer(HttpRequest.Builder request) throws Exception {
    return serai.send(request.build());
  }
}
