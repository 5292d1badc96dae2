package dev.serai.javadsl;

import java.io.InputStream;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.RoutesBuilderLoader;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/** Lets Camel load route files in Java, in the place of its own camel-java-joor-dsl. */
public final class JavaLoader extends ServiceSupport implements RoutesBuilderLoader {
  /** Camel looks for the loader of {@code .java} under this name. */
  public static final String NAME = "routes-builder-loader-java";

  private final JavaRoutes routes;
  private @Nullable CamelContext camel;

  JavaLoader(JavaRoutes routes) {
    this.routes = routes;
  }

  @Override
  public String getSupportedExtension() {
    return "java";
  }

  @Override
  public RoutesBuilder loadRoutesBuilder(Resource resource) throws Exception {
    try (InputStream source = resource.getInputStream()) {
      RouteBuilder builder = routes.builder(resource.getLocation(), source.readAllBytes());
      builder.setResource(resource);
      return builder;
    }
  }

  @Override
  public @Nullable CamelContext getCamelContext() {
    return camel;
  }

  @Override
  public void setCamelContext(CamelContext context) {
    camel = context;
  }
}
