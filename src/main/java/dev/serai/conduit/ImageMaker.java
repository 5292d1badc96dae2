package dev.serai.conduit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.files.TimeText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.springframework.stereotype.Component;

/** Has images made, or simulates them; bean {@code conduitImageMaker}. Thread-safe. */
@Component("conduitImageMaker")
public class ImageMaker {
  private static final String SIMULATED =
      """
      <svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"><rect width="256" height="256" fill="#ccc"/>\
      <text x="16" y="128">simulated image %d</text></svg>""";

  private final ImageEndpoint endpoint;

  ImageMaker(ImageEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * Has the images made; the calling thread waits for them.
   *
   * @return as OpenAI's API answers
   * @throws dev.serai.delivery.PoisonMessageException if the endpoint refuses the request
   * @throws Exception if it could not make them now
   */
  public JsonNode ask(ImageRequest request) throws Exception {
    return endpoint.ask(request.body());
  }

  /** A time as milliseconds, which is how a route's delay wants it. */
  public long millis(String time) {
    return TimeText.read(time).orElseThrow().toMillis();
  }

  /** Images that nobody had to make, of the same form and with {@code simulated}. */
  public JsonNode simulate(ImageRequest request) {
    ObjectNode answer = EventBody.JSON.createObjectNode().put("simulated", true);
    ArrayNode data = answer.putArray("data");
    for (int i = 1; i <= request.number(); i++) {
      byte[] image = SIMULATED.formatted(i).getBytes(StandardCharsets.UTF_8);
      data.addObject()
          .put("url", "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(image));
    }
    return answer;
  }
}
