package dev.serai.javadsl;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives the running Camel its loader. */
@Configuration(proxyBeanMethods = false)
class JavaBeans {

  @Bean(JavaLoader.NAME)
  JavaLoader javaLoader(JavaRoutes routes) {
    return routes.loader();
  }
}
