package dev.serai.idempotence;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.DefaultRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lets routes name the bean {@code once} with options: {@code once?window=1h}. Thread-safe. */
@Component
class OnceBeans implements BeanRepository, CamelContextConfiguration {
  private static final String NAME = "once?";

  private final Once usual;
  private final Map<String, Once> made = new ConcurrentHashMap<>();

  OnceBeans(Once usual) {
    this.usual = usual;
  }

  @Override
  public void beforeApplicationStart(CamelContext camel) {
    camel.getRegistry(DefaultRegistry.class).addBeanRepository(this);
  }

  @Override
  public void afterApplicationStart(CamelContext camel) {
    // nothing to do
  }

  @Override
  public @Nullable Object lookupByName(String name) {
    return name.startsWith(NAME)
        ? made.computeIfAbsent(name.substring(NAME.length()), usual::with)
        : null;
  }

  @Override
  public <T> @Nullable T lookupByNameAndType(String name, Class<T> type) {
    return type.isAssignableFrom(Once.class) ? type.cast(lookupByName(name)) : null;
  }

  /** Nobody looks for them by their type alone. */
  @Override
  public <T> Map<String, T> findByTypeWithName(Class<T> type) {
    return Map.of();
  }

  @Override
  public <T> Set<T> findByType(Class<T> type) {
    return Set.of();
  }
}
