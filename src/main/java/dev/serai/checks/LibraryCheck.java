package dev.serai.checks;

import dev.serai.checks.RouteFile.Entry;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.tooling.model.ArtifactModel;
import org.apache.camel.tooling.model.DataFormatModel;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Components, languages and data formats that Camel has, but Serai's class path does not. */
final class LibraryCheck {
  private static final String SERVICES = "META-INF/services/org/apache/camel/";
  private static final String BREAKER =
      "META-INF/services/org/apache/camel/model/CircuitBreakerDefinition";
  private static final Set<String> CONVERSIONS = Set.of("marshal", "unmarshal");

  /** Of what stands in {@code marshal:} beside the data format. */
  private static final Set<String> NO_FORMAT =
      Set.of("id", "description", "note", "disabled", "variableSend", "variableReceive");

  private final CamelCatalog catalog;
  private final Set<String> languages;
  private final Findings findings;

  private LibraryCheck(CamelCatalog catalog, Findings findings) {
    this.catalog = catalog;
    this.languages = new HashSet<>(catalog.findLanguageNames());
    this.findings = findings;
  }

  static void check(List<RouteFile> files, CamelCatalog catalog, Findings findings) {
    LibraryCheck check = new LibraryCheck(catalog, findings);
    for (RouteFile file : files) {
      Endpoints.of(file).forEach(use -> check.checkComponent(file, use));
      file.entries().stream()
          .filter(entry -> !entry.element().kind().getValue().equals("beans"))
          .forEach(entry -> check.checkEntry(file, entry));
      file.entries().stream()
          .filter(entry -> entry.is("scriptLanguage") && entry.value() instanceof ScalarNode)
          .forEach(entry -> check.checkNamed(file, (ScalarNode) entry.value()));
    }
  }

  private void checkComponent(RouteFile file, Endpoints.Use use) {
    String scheme = use.scheme();
    if (!isCarried("component", scheme) && catalog.findComponentNames().contains(scheme)) {
      missing(file, use.at(), "component", catalog.componentModel(scheme), scheme);
    }
  }

  private void checkEntry(RouteFile file, Entry entry) {
    String key = entry.key().getValue();
    if (CONVERSIONS.contains(key) && entry.value() instanceof MappingNode conversion) {
      for (NodeTuple tuple : conversion.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode format
            && !NO_FORMAT.contains(format.getValue())) {
          checkFormat(file, format, tuple.getValueNode());
        }
      }
    } else if (key.equals("circuitBreaker")
        && LibraryCheck.class.getClassLoader().getResource(BREAKER) == null) {
      findings.add(
          file,
          entry.key(),
          "missing-library",
          "the step \"circuitBreaker\" needs camel-resilience4j, which Serai does not carry",
          "add camel-resilience4j-starter to pom.xml and build, or use doTry: and throttle:");
    } else if (key.equals("language")) {
      RouteFile.text(entry.value(), "language").ifPresent(name -> checkNamed(file, name));
    } else if (isExpression(entry.value())) {
      checkLanguage(file, entry.key());
    }
  }

  private static boolean isExpression(Node value) {
    return value instanceof ScalarNode || RouteFile.text(value, "expression").isPresent();
  }

  /**
   * In {@code language: {language: …}}; elsewhere a wrong name is a step that Camel does not know.
   */
  private void checkNamed(RouteFile file, ScalarNode name) {
    if (!languages.contains(name.getValue())) {
      findings.add(
          file,
          name,
          "unknown-language",
          "there is no language \"%s\"".formatted(name.getValue()),
          Findings.instead(name.getValue(), languages));
    }
    checkLanguage(file, name);
  }

  private void checkLanguage(RouteFile file, ScalarNode name) {
    String language = name.getValue();
    if (languages.contains(language) && !isCarried("language", language)) {
      missing(file, name, "language", catalog.languageModel(language), language);
    }
  }

  private void checkFormat(RouteFile file, ScalarNode name, Node body) {
    String library =
        RouteFile.text(body, "library")
            .map(text -> text.getValue().toLowerCase(Locale.ROOT))
            .orElse("");
    List<DataFormatModel> possible =
        catalog.findDataFormatNames().stream()
            .filter(format -> library.isEmpty() || format.equals(library))
            .map(catalog::dataFormatModel)
            .filter(model -> name.getValue().equals(model.getModelName()))
            .toList();
    if (!possible.isEmpty()
        && possible.stream().noneMatch(model -> isCarried("dataformat", model.getName()))) {
      missing(file, name, "data format", possible.get(0), name.getValue());
    }
  }

  private static boolean isCarried(String kind, String name) {
    return OwnComponents.has(kind, name)
        || CamelContext.class.getClassLoader().getResource(SERVICES + kind + "/" + name) != null;
  }

  private void missing(
      RouteFile file, ScalarNode at, String kind, ArtifactModel<?> model, String name) {
    findings.add(
        file,
        at,
        "missing-library",
        "the %s \"%s\" is in %s, which Serai does not carry"
            .formatted(kind, name, model.getArtifactId()),
        "add %s-starter to pom.xml and build, or use another %s"
            .formatted(model.getArtifactId(), kind));
  }
}
