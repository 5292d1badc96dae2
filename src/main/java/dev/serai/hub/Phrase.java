package dev.serai.hub;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.jspecify.annotations.Nullable;

/** A parameter of an endpoint: a fixed text, or one with expressions of the language simple. */
final class Phrase {
  private final @Nullable String text;
  private final @Nullable Expression expression;

  /**
   * Reads it.
   *
   * @param text null: the parameter is not there
   * @throws RuntimeException if an expression cannot be read
   */
  Phrase(@Nullable String text, CamelContext camel) {
    this.text = text;
    this.expression =
        text == null || !text.contains("${")
            ? null
            : camel.resolveLanguage("simple").createExpression(text);
  }

  boolean isThere() {
    return text != null;
  }

  /** Whether it says the same of each message. */
  boolean isFixed() {
    return expression == null;
  }

  /** What is said whatever the message is; null: that depends, or nothing is said. */
  @Nullable String fixed() {
    return expression != null || text == null || text.isEmpty() ? null : text;
  }

  /** What it says of a message; null: nothing. */
  @Nullable String of(Exchange exchange) {
    if (expression == null) {
      return fixed();
    }
    String said = expression.evaluate(exchange, String.class);
    return said == null || said.isEmpty() ? null : said;
  }
}
