package dev.serai.endpoints;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leaves out what would configure Camel's components, languages and data formats where no property
 * does: for each of them Spring looks through all its beans, which makes a start longer.
 */
class PlainComponents implements AutoConfigurationImportFilter, EnvironmentAware {
  private static final Pattern CONFIGURES =
      Pattern.compile(
          "org\\.apache\\.camel\\..+\\.(?!Kamelet|Micrometer|Servlet)[A-Za-z]+"
              + "(Component(AutoConfiguration|Converter)|(Language|DataFormat)AutoConfiguration)");

  /** What Serai itself configures, by auto-configurations that stay. */
  private static final Map<String, Set<String>> OURS =
      Map.of("component", Set.of("kamelet"), "language", Set.of(), "dataformat", Set.of());

  private boolean plain;

  @Override
  public void setEnvironment(Environment environment) {
    Binder binder = Binder.get(environment);
    Bindable<Map<String, Object>> section = Bindable.mapOf(String.class, Object.class);
    plain =
        OURS.entrySet().stream()
            .allMatch(
                kind ->
                    kind.getValue()
                        .containsAll(
                            binder
                                .bind("camel." + kind.getKey(), section)
                                .orElse(Map.of())
                                .keySet()));
  }

  @Override
  public boolean[] match(@Nullable String[] classes, AutoConfigurationMetadata metadata) {
    boolean[] kept = new boolean[classes.length];
    for (int i = 0; i < classes.length; i++) {
      kept[i] = classes[i] == null || isOfUse(classes[i]); // null: another one has left it out
    }
    return kept;
  }

  boolean isOfUse(String autoConfiguration) {
    return !plain || !CONFIGURES.matcher(autoConfiguration).matches();
  }
}
