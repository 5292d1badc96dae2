package dev.serai.packs;

import org.apache.camel.language.simple.SimpleLanguage;
import org.springframework.stereotype.Component;

/**
 * Camel's simple language without its cache of expressions by their text, which would give a route
 * that is loaded again the bean that {@code ${bean:name}} was before. Routes keep the expressions
 * that they have read.
 */
@Component("simple") // where Camel looks for it first
class UncachedSimple extends SimpleLanguage {
  @Override
  public void init() {
    // would make the cache
  }
}
