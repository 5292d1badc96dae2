package dev.serai.ordering;

import com.fasterxml.jackson.databind.JsonNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.component.springrabbit.SpringRabbitMQConstants;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;

/**
 * What messages are kept in order by, read from a message: a header, a path in its JSON body, or an
 * expression. Thread-safe.
 */
final class PartitionKey {
  private static final Configuration JSON =
      Configuration.builder()
          .jsonProvider(new JacksonJsonNodeJsonProvider())
          .mappingProvider(new JacksonMappingProvider())
          .build();

  private final Reading reading;

  private interface Reading {
    @Nullable String of(Letter letter);
  }

  private PartitionKey(Reading reading) {
    this.reading = reading;
  }

  /**
   * Understands what a topology file says.
   *
   * @param text that the file has passed its checks with
   * @param camel for expressions; asked at the first message
   */
  static PartitionKey of(String text, Supplier<CamelContext> camel) {
    if (text.startsWith("$") && !text.startsWith("${")) {
      JsonPath path = JsonPath.compile(text);
      return new PartitionKey(letter -> at(path, letter));
    }
    if (text.contains("${")) {
      Compiled compiled = new Compiled(text, camel);
      return new PartitionKey(letter -> value(compiled, letter));
    }
    return new PartitionKey(letter -> text(letter.headers().get(text)));
  }

  /** An expression, made once: at the first message, when there is a context. */
  private static final class Compiled {
    private final String text;
    private final Supplier<CamelContext> camel;
    private volatile @Nullable Expression expression;

    Compiled(String text, Supplier<CamelContext> camel) {
      this.text = text;
      this.camel = camel;
    }

    CamelContext camel() {
      return camel.get();
    }

    /** Made twice at worst, when two ask at once. */
    Expression expression() {
      Expression made = expression;
      if (made == null) {
        made = camel().resolveLanguage("simple").createExpression(text);
        made.init(camel());
        expression = made;
      }
      return made;
    }
  }

  /** A header as text; null when it is missing, or has several values. */
  private static @Nullable String text(@Nullable Object header) {
    return header == null || header instanceof Collection || header instanceof Map
        ? null
        : plain(header);
  }

  private static String plain(Object header) {
    return header instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : header.toString();
  }

  /** The key; empty when the message has none. */
  Optional<String> of(Letter letter) {
    return Optional.ofNullable(reading.of(letter)).filter(key -> !key.isEmpty());
  }

  /**
   * The partition of a message, from 0. One without a key goes by its id: it has no order to keep.
   */
  int partition(Letter letter, int count) {
    String text = orId(letter);
    return text.isEmpty() ? 0 : Integer.remainderUnsigned(Murmur3.hash(text), count);
  }

  /** The key, or what stands for it: the message's id, or nothing. */
  String orId(Letter letter) {
    return of(letter).or(() -> Optional.ofNullable(letter.properties().getMessageId())).orElse("");
  }

  private static @Nullable String at(JsonPath path, Letter letter) {
    try {
      JsonNode node = path.read(new ByteArrayInputStream(letter.body()), "UTF-8", JSON);
      return node != null && node.isValueNode() && !node.isNull() ? node.asText() : null;
    } catch (JsonPathException | IllegalArgumentException | java.io.IOException e) {
      return null; // no JSON, or nothing there
    }
  }

  private static @Nullable String value(Compiled compiled, Letter letter) {
    Expression expression = compiled.expression();
    Exchange exchange = new DefaultExchange(compiled.camel());
    letter.headers().forEach((name, value) -> put(exchange, name, value));
    exchange.getMessage().setHeader(SpringRabbitMQConstants.ROUTING_KEY, letter.routingKey());
    exchange.getMessage().setBody(new String(letter.body(), StandardCharsets.UTF_8));
    try {
      return expression.evaluate(exchange, String.class);
    } catch (RuntimeException e) {
      return null; // as where a path leads nowhere; one message must not hold up all others
    }
  }

  /** What a publisher has set must not steer us. */
  private static void put(Exchange exchange, String name, @Nullable Object value) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (value != null && !lower.startsWith("camel") && !lower.startsWith("serai-")) {
      exchange.getMessage().setHeader(name, plain(value));
    }
  }
}
