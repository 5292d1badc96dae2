package dev.serai.packs;

import org.apache.camel.CamelContext;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.language.simple.SimpleLanguage;
import org.springframework.stereotype.Component;

/**
 * Camel's simple language, which remembers expressions by their text, but for those that ask a
 * bean: with {@code ${bean:name}} it would remember the bean too, and a route that is loaded again
 * would get the one that was there before. Thread-safe.
 */
@Component("simple") // where Camel looks for it first
class LiveSimple extends SimpleLanguage {
  private static final String BEAN = "bean:";

  /** Remembers nothing, since nobody calls its init(). */
  private final SimpleLanguage forgetful = new SimpleLanguage();

  @Override
  public void setCamelContext(CamelContext camel) {
    super.setCamelContext(camel);
    forgetful.setCamelContext(camel);
  }

  @Override
  public Expression createExpression(String text) {
    return text.contains(BEAN) ? forgetful.createExpression(text) : super.createExpression(text);
  }

  @Override
  public Predicate createPredicate(String text) {
    return text.contains(BEAN) ? forgetful.createPredicate(text) : super.createPredicate(text);
  }

  @Override
  public Expression createExpression(String text, Object[] properties) {
    return text.contains(BEAN)
        ? forgetful.createExpression(text, properties)
        : super.createExpression(text, properties);
  }

  @Override
  public Predicate createPredicate(String text, Object[] properties) {
    return text.contains(BEAN)
        ? forgetful.createPredicate(text, properties)
        : super.createPredicate(text, properties);
  }
}
