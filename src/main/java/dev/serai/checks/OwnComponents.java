package dev.serai.checks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;

/** Components that Serai has and Camel does not know. */
final class OwnComponents {
  private static final Set<String> SCHEMES = Set.of("ordered", "sse", "webhook", "websocket");

  private OwnComponents() {}

  /** Camel's catalog, and ours. */
  static CamelCatalog catalog() {
    CamelCatalog catalog = new DefaultCamelCatalog(true);
    SCHEMES.forEach(
        scheme -> catalog.addComponent(scheme, "dev.serai:" + scheme, description(scheme)));
    return catalog;
  }

  /** Whether it needs no library. */
  static boolean has(String kind, String name) {
    return kind.equals("component") && SCHEMES.contains(name);
  }

  private static String description(String scheme) {
    String name = "/components/" + scheme + ".json";
    try (InputStream text =
        Objects.requireNonNull(OwnComponents.class.getResourceAsStream(name), name)) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
