package dev.serai.routetests;

import dev.serai.javadsl.JavaRoutes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.camel.impl.engine.DefaultClassResolver;
import org.apache.camel.spi.ClassResolver;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.util.ClassUtils;

/**
 * What is the same for all tests and takes long to find.
 *
 * @param beans of the application
 * @param read small files of the class path; empty for those that are not there
 * @param java compiles route files in Java, each once
 */
record Known(
    BeanDefinitionRegistry beans, ConcurrentMap<String, Optional<byte[]>> read, JavaRoutes java) {

  static Known find() {
    return new Known(
        ApplicationBeans.scan(), new ConcurrentHashMap<>(), JavaRoutes.ofEnvironment());
  }

  /** The class of a bean that routes may call. */
  Optional<Class<?>> type(String bean) {
    return beans.containsBeanDefinition(bean)
        ? Optional.ofNullable(beans.getBeanDefinition(bean).getBeanClassName())
            .map(name -> ClassUtils.resolveClassName(name, null))
        : Optional.empty();
  }

  /** For one Camel context: each asks for the same hundred files, in every jar. */
  ClassResolver resources() {
    return new DefaultClassResolver() {
      @Override
      public @Nullable InputStream loadResourceAsStream(String uri) {
        return read.computeIfAbsent(uri, this::bytes).map(ByteArrayInputStream::new).orElse(null);
      }

      private Optional<byte[]> bytes(String uri) {
        try (InputStream stream = super.loadResourceAsStream(uri)) {
          return stream == null ? Optional.empty() : Optional.of(stream.readAllBytes());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }
}
