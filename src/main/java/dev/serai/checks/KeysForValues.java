package dev.serai.checks;

import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.spi.PropertiesSource;
import org.jspecify.annotations.Nullable;

/**
 * Fills in the key where a value would stand, because what Camel says of a file is shown, and a
 * value may be a secret.
 */
final class KeysForValues implements PropertiesSource {
  private final Known known;

  private KeysForValues(Known known) {
    this.known = known;
  }

  /** For a context that only reads files. */
  static PropertiesComponent of(Known known) {
    PropertiesComponent placeholders = new PropertiesComponent();
    placeholders.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
    placeholders.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_NEVER);
    placeholders.addPropertiesSource(new KeysForValues(known));
    return placeholders;
  }

  @Override
  public String getName() {
    return "keys";
  }

  @Override
  public @Nullable String getProperty(String key) {
    return known.value().apply(key).isPresent() ? key : null;
  }
}
