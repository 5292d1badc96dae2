package dev.serai.checks;

import java.util.List;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.yaml.snakeyaml.nodes.Node;

/** An expression in XPath, which Camel reads when a route starts. */
final class XmlPath {
  /** With these, others read it than the JDK. */
  private static final List<String> OTHERS = List.of("saxon", "factoryRef", "objectModel");

  private XmlPath() {}

  /**
   * Reads one that has no prefix, since what a prefix stands for may be said elsewhere.
   *
   * @param xpath what stands below the language
   * @throws IllegalArgumentException when it is none
   */
  static void check(Node xpath, String path) {
    boolean isOurs = OTHERS.stream().noneMatch(key -> RouteFile.value(xpath, key).isPresent());
    if (isOurs && !path.contains(":") && Literal.isFixed(path)) {
      try {
        XPathFactory.newInstance().newXPath().compile(path);
      } catch (XPathExpressionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        throw new IllegalArgumentException(cause.getMessage(), e);
      }
    }
  }
}
