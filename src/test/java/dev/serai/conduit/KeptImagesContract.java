package dev.serai.conduit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.serai.delivery.PoisonMessageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which images were made for a request. */
interface KeptImagesContract extends StoredConduit {
  @Test
  default void the_images_that_were_kept_first_count_until_they_are_forgotten() throws Exception {
    ImageRequest request = request("{\"requestId\":\"r\",\"prompt\":\"a cat\"}");
    JsonNode first = EventBody.JSON.readTree("{\"data\":[{\"url\":\"1\"}]}");
    JsonNode second = EventBody.JSON.readTree("{\"data\":[{\"url\":\"2\"}]}");

    assertThat(images().find(request)).isEqualTo(NullNode.getInstance());
    assertThat(images().keep(request, first)).isEqualTo(first);
    assertThat(images().keep(request, second)).isEqualTo(first);
    assertThat(images().find(request)).isEqualTo(first);
    assertThat(images().forget("1m", 1)).isFalse();
    store()
        .jdbc()
        .sql("UPDATE conduit_image SET made_at = TIMESTAMP '2020-01-01 00:00:00'")
        .update();
    assertThat(images().forget("1m", 1)).isTrue();
    assertThat(images().find(request)).isEqualTo(NullNode.getInstance());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"requestId\":\"r\",\"prompt\":\"a dog\"}",
        "{\"requestId\":\"r\",\"prompt\":\"a cat\",\"virtualKeyId\":\"other\"}"
      })
  default void nobody_gets_the_images_of_another_request(String other) throws Exception {
    images()
        .keep(request("{\"requestId\":\"r\",\"prompt\":\"a cat\"}"), EventBody.JSON.readTree("{}"));

    assertThatThrownBy(() -> images().find(request(other)))
        .isInstanceOf(PoisonMessageException.class)
        .hasMessage("image-conflict: other images were made for the request r");
  }

  private ImageRequest request(String body) {
    return ImageRequest.of(EventBody.of(message("image.requested", body)));
  }

  private ImageStore images() {
    return new ImageStore(store().jdbc());
  }
}
