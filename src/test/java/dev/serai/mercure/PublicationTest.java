package dev.serai.mercure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.http.Fields;
import dev.serai.http.ProblemException;
import dev.serai.hub.Update;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicationTest {

  private static Update read(String form) throws ProblemException {
    return Publication.read(Fields.read(form), TestTokens.HUB);
  }

  @Test
  void takes_every_field() throws Exception {
    Update update =
        read(
            "topic=a&topic=b%2Fc&data=x+y%0Az&private=off&id=urn%3A1&type=changed&retry=500&more=1");

    assertThat(update.topics()).containsExactly("a", "b/c");
    assertThat(update.data()).isEqualTo("x y\nz");
    assertThat(update.isPrivate()).isTrue();
    assertThat(update.id()).isEqualTo("urn:1");
    assertThat(update.type()).isEqualTo("changed");
    assertThat(update.retry()).isEqualTo(500);
  }

  @Test
  void a_topic_is_enough() throws Exception {
    Update update = read("topic=%C3%A9t%C3%A9");

    assertThat(update.topics()).containsExactly("été");
    assertThat(update.data()).isEmpty();
    assertThat(update.isPrivate()).isFalse();
    assertThat(update.id()).startsWith("urn:uuid:");
    assertThat(update.type()).isNull();
    assertThat(update.retry()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "data=x",
        "topic=",
        "topic=*",
        "topic=a%0Ab",
        "topic=a%E2%80%AEb", // turns the direction of writing
        "topic=/.well-known/mercure",
        "topic=/.well-known/mercure/subscriptions/x",
        "topic=https://elsewhere.example.com/.well-known/mercure/x",
        "topic=/a/../.well-known/%256dercure/x",
        "topic=/%252ewell-known/mercure",
        "topic=mercure",
        "topic=a&id=%23x",
        "topic=a&id=earliest",
        "topic=a&id=a%00b",
        "topic=a&id=+x",
        "topic=a&type=mercure",
        "topic=a&type=a%0Ddata:%20b",
        "topic=a&retry=-1",
        "topic=a&retry=1s",
        "topic=a&retry=10000000000",
        "topic=a&data=%00",
        "topic=%zz",
        "topic=%",
        "topic=%ff"
      })
  void what_cannot_be_told_is_refused(String form) {
    assertThatThrownBy(() -> read(form))
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.status()).isEqualTo(400));
  }

  @Test
  void too_much_of_anything_is_refused() {
    for (String form :
        new String[] {
          "topic=" + "a".repeat(2001),
          "topic=a&".repeat(101),
          "topic=a&id=" + "a".repeat(501),
          "topic=a" + "&x".repeat(1001)
        }) {
      assertThatThrownBy(() -> read(form)).isInstanceOf(ProblemException.class);
    }
  }
}
