package dev.serai.debias;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

/** Route files of pack debias as they are shipped, with its values, without the rest of Serai. */
final class DebiasRoutes {
  private DebiasRoutes() {}

  /**
   * Starts a Camel context.
   *
   * @param values win over config/debias.yaml
   * @param beans by name
   * @param files below routes/, without their ending
   */
  static CamelContext start(Map<String, String> values, Map<String, Object> beans, String... files)
      throws Exception {
    DefaultCamelContext camel = new DefaultCamelContext();
    camel.getPropertiesComponent().setInitialProperties(values(values));
    beans.forEach(camel.getRegistry()::bind);
    for (String file : files) {
      Path path = Path.of("routes", file + ".camel.yaml");
      PluginHelper.getRoutesLoader(camel)
          .loadRoutes(ResourceHelper.fromBytes("file:" + path, Files.readAllBytes(path)));
    }
    camel.start();
    return camel;
  }

  private static Properties values(Map<String, String> values) throws Exception {
    StandardEnvironment environment = new StandardEnvironment();
    Properties all = new Properties();
    for (var source :
        new YamlPropertySourceLoader()
            .load("debias", new FileSystemResource("config/debias.yaml"))) {
      environment.getPropertySources().addLast(source);
      for (String key :
          ((org.springframework.core.env.EnumerablePropertySource<?>) source).getPropertyNames()) {
        all.setProperty(key, String.valueOf(environment.getProperty(key)));
      }
    }
    all.putAll(values);
    return all;
  }
}
