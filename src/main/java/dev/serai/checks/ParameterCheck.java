package dev.serai.checks;

import dev.serai.files.RouteFolder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** That templates and kamelets are given all that they need, and nothing that they do not know. */
final class ParameterCheck {
  private final Known known;
  private final Findings findings;

  /** What Camel itself takes beside the parameters of a kamelet. */
  private final Set<String> options;

  private ParameterCheck(Known known, CamelCatalog catalog, Findings findings) {
    this.known = known;
    this.findings = findings;
    this.options =
        catalog.componentModel(RouteFile.KAMELET).getEndpointOptions().stream()
            .map(BaseOptionModel::getName)
            .collect(Collectors.toSet());
  }

  static void check(List<RouteFile> files, Known known, CamelCatalog catalog, Findings findings) {
    ParameterCheck check = new ParameterCheck(known, catalog, findings);
    Map<String, Template> templates = Template.of(files);
    for (TemplateUse use : TemplateUse.of(files)) {
      Template template = templates.get(use.template());
      if (template != null) {
        check.check(use, template);
      }
    }
  }

  private void check(TemplateUse use, Template template) {
    for (String name : template.needed()) {
      if (use.given(name).isEmpty() && !isSetInConfig(use, name)) {
        findings.add(
            use.file(),
            use.at(),
            "missing-parameter",
            "\"%s\" needs the parameter \"%s\"".formatted(use.template(), name),
            remedy(use, name));
      }
    }
    for (TemplateUse.Parameter given : use.given()) {
      ScalarNode name = given.name();
      if (!template.known().contains(name.getValue()) && !options.contains(name.getValue())) {
        findings.add(
            use.file(),
            name,
            "unknown-option",
            "\"%s\" has no parameter \"%s\"".formatted(use.template(), name.getValue()),
            Findings.instead(name.getValue(), new TreeSet<>(template.known())));
      }
    }
  }

  private static String remedy(TemplateUse use, String name) {
    return use.file().path().endsWith(RouteFolder.JAVA)
        ? "write it behind the name as ?%s=…, or .parameter(\"%s\", …)".formatted(name, name)
        : "write it below parameters:";
  }

  /** Camel reads {@code camel.kamelet.<name>.<parameter>} too, and the same in the environment. */
  private boolean isSetInConfig(TemplateUse use, String parameter) {
    String begin = letters("camel.kamelet." + use.template());
    return known.values().stream()
        .map(ParameterCheck::letters)
        .anyMatch(key -> key.startsWith(begin) && key.endsWith(letters(parameter)));
  }

  private static String letters(String key) {
    return key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
