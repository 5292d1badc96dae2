package dev.serai.tail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Delivery;
import dev.serai.http.ExactJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;

/** A message as one line of JSON. */
final class TailLine {
  private static final ObjectMapper JSON = ExactJson.MAPPER;

  private TailLine() {}

  /** The line, with its end; the payload is JSON, else text, else Base64. */
  static byte[] of(Delivery message, Clock clock) {
    AMQP.BasicProperties properties = message.getProperties();
    ObjectNode line =
        JSON.createObjectNode()
            .put("time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString())
            .put("exchange", message.getEnvelope().getExchange())
            .put("routing_key", message.getEnvelope().getRoutingKey());
    if (properties.getMessageId() != null) {
      line.put("id", properties.getMessageId());
    }
    if (properties.getContentType() != null) {
      line.put("content_type", properties.getContentType());
    }
    if (properties.getPriority() != null) {
      line.put("priority", properties.getPriority());
    }
    Map<String, Object> headers = properties.getHeaders();
    if (headers != null && !headers.isEmpty()) {
      ObjectNode shown = line.putObject("headers");
      headers.forEach((name, value) -> shown.put(name, String.valueOf(value)));
    }
    payload(line, message.getBody());
    return bytes(line);
  }

  /** That messages are missing. */
  static byte[] leftOut(long number) {
    return bytes(JSON.createObjectNode().put("left_out", number));
  }

  private static void payload(ObjectNode line, byte[] body) {
    try {
      JsonNode json = JSON.readTree(body);
      if (!json.isMissingNode()) {
        line.set("payload", json);
        return;
      }
    } catch (IOException e) {
      // text or bytes
    }
    try {
      line.put(
          "payload", StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException e) {
      line.put("payload_base64", Base64.getEncoder().encodeToString(body));
    }
  }

  private static byte[] bytes(ObjectNode line) {
    try {
      return (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a line holds only JSON", e);
    }
  }
}
