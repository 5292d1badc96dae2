package dev.serai.routetests;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spi.PropertiesSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.annotation.AnnotatedGenericBeanDefinition;
import org.springframework.beans.factory.annotation.AutowiredAnnotationBeanPostProcessor;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.SimpleBeanDefinitionRegistry;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.Lifecycle;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ContextAnnotationAutowireCandidateResolver;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;
import org.springframework.util.ClassUtils;

/**
 * The application's beans for a test: real ones where they need nothing from outside, else what the
 * test answers for them. Each is made when it is asked for.
 *
 * <p>No bean of a configuration class is there (connections, the database, the ports), and none
 * that holds something to be closed; what needs one of them cannot be made.
 */
final class ApplicationBeans implements BeanRepository, AutoCloseable {
  private static final String PACKAGE = "dev.serai";

  private final GenericApplicationContext beans = new GenericApplicationContext();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final BiFunction<String, Class<?>, Object> stub;
  private final Map<String, Object> stubs = new ConcurrentHashMap<>();

  /**
   * Makes none yet.
   *
   * @param values of {@code config/} and the test
   * @param known from {@link #scan}
   * @param stub makes what stands for a bean, from its name and class
   */
  ApplicationBeans(
      ConfigurableEnvironment values,
      BeanDefinitionRegistry known,
      BiFunction<String, Class<?>, Object> stub) {
    this.stub = stub;
    beans.setEnvironment(values);
    beans.getBeanFactory().setConversionService(ApplicationConversionService.getSharedInstance());
    beans
        .getDefaultListableBeanFactory()
        .setAutowireCandidateResolver(new ContextAnnotationAutowireCandidateResolver());
    beans.registerBean(AutowiredAnnotationBeanPostProcessor.class);
    for (String name : known.getBeanDefinitionNames()) {
      if (known.getBeanDefinition(name) instanceof AnnotatedBeanDefinition definition) {
        beans.registerBeanDefinition(name, definition(definition.getMetadata()));
      }
    }
    beans.getBeanFactory().registerSingleton("meters", meters);
    beans
        .getBeanFactory()
        .registerSingleton("objectMapper", Jackson2ObjectMapperBuilder.json().build());
    beans.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
    beans.refresh();
  }

  private AnnotatedGenericBeanDefinition definition(AnnotationMetadata type) {
    AnnotatedGenericBeanDefinition definition = new AnnotatedGenericBeanDefinition(type);
    MergedAnnotation<ConfigurationProperties> settings =
        type.getAnnotations().get(ConfigurationProperties.class);
    if (settings.isPresent()) {
      Class<?> bound = ClassUtils.resolveClassName(type.getClassName(), null);
      definition.setInstanceSupplier(
          () ->
              Binder.get(beans.getEnvironment())
                  .bindOrCreate(settings.getString("prefix"), Bindable.of(bound)));
    }
    return definition;
  }

  /** Finds all that there can be, once for many tests. */
  static BeanDefinitionRegistry scan() {
    BeanDefinitionRegistry known = new SimpleBeanDefinitionRegistry();
    ClassPathBeanDefinitionScanner scanner = new ClassPathBeanDefinitionScanner(known);
    scanner.setIncludeAnnotationConfig(false);
    scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
    scanner.addExcludeFilter(new AnnotationTypeFilter(Configuration.class));
    scanner.addExcludeFilter(new AssignableTypeFilter(AutoCloseable.class));
    scanner.addExcludeFilter(new AssignableTypeFilter(DisposableBean.class));
    scanner.addExcludeFilter(new AssignableTypeFilter(Lifecycle.class));
    scanner.scan(PACKAGE);
    return known;
  }

  /** The class of a bean that routes may call. */
  Optional<Class<?>> type(String name) {
    return beans.containsBeanDefinition(name)
        ? Optional.ofNullable(beans.getType(name))
        : Optional.empty();
  }

  /** Puts a stub in the place of a bean, whether it could be made or not. */
  void replace(String name, Class<?> type) {
    stubs.put(name, stub.apply(name, type));
  }

  PrometheusMeterRegistry meters() {
    return meters;
  }

  /** The values of {@code config/} and the test, for Camel's placeholders. */
  PropertiesSource values() {
    return new PropertiesSource() {
      @Override
      public String getName() {
        return "config";
      }

      @Override
      public @Nullable String getProperty(String name) {
        return beans.getEnvironment().getProperty(name);
      }
    };
  }

  /** A bean that the tests themselves need; it must be a real one. */
  <T> T get(Class<T> type) {
    return beans.getBean(type);
  }

  @Override
  public @Nullable Object lookupByName(String name) {
    Object stub = stubs.get(name);
    return stub != null ? stub : real(name);
  }

  private @Nullable Object real(String name) {
    Class<?> type = type(name).orElse(null);
    if (type == null) {
      return null;
    }
    try {
      return beans.getBean(name);
    } catch (BeansException e) { // it needs something outside
      return stubs.computeIfAbsent(name, bean -> stub.apply(bean, type));
    }
  }

  @Override
  public <T> @Nullable T lookupByNameAndType(String name, Class<T> type) {
    Object bean = lookupByName(name);
    return type.isInstance(bean) ? type.cast(bean) : null;
  }

  @Override
  public <T> Map<String, T> findByTypeWithName(Class<T> type) {
    return Map.of();
  }

  @Override
  public <T> Set<T> findByType(Class<T> type) {
    return Set.of();
  }

  @Override
  public void close() {
    beans.close();
    meters.close();
  }
}
