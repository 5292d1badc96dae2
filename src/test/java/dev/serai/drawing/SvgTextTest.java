package dev.serai.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.checks.Wiring;
import dev.serai.drawing.Diagram.Edge;
import dev.serai.drawing.Diagram.Kind;
import dev.serai.drawing.Diagram.Node;
import dev.serai.drawing.Placement.Box;
import dev.serai.files.PackValues;
import dev.serai.files.RouteFolder;
import dev.serai.javadsl.JavaRoutes;
import dev.serai.topology.LoadedTopologies;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class SvgTextTest {

  @Test
  void every_route_and_queue_of_the_shipped_packs_is_in_the_drawing() throws Exception {
    RouteFolder.Contents found = RouteFolder.read(Path.of("routes"));
    Wiring wiring = Wiring.of(found.routes(), Path.of("routes"), JavaRoutes.inMemory());
    LoadedTopologies topologies =
        new LoadedTopologies(found.topologies(), PackValues.of(Path.of("config")));

    List<String> titles = titles(SvgText.of(Diagram.of(wiring, topologies), "all"));

    assertThat(wiring.problems()).isEmpty();
    assertThat(wiring.parts()).hasSizeGreaterThan(50);
    assertThat(wiring.parts())
        .allSatisfy(
            part ->
                assertThat(titles)
                    .anyMatch(t -> t.matches("(?s)(route|policy) " + part.id() + "\\b.*")));
    assertThat(titles)
        .anyMatch(title -> title.startsWith("queue events.neo4j (retry after 5s, 30s, 5m)"))
        .anyMatch(title -> title.startsWith("parked messages events.dlq"))
        .anyMatch(title -> title.startsWith("from outside POST /events"))
        .anyMatch(title -> title.startsWith("target qdrant"))
        .anyMatch(title -> title.startsWith("route shared-announce-files"))
        .contains("events.neo4j → debias-store-event-in-graph");
  }

  @Test
  void no_box_lies_on_another_or_outside_its_frame() {
    RouteFolder.Contents found = RouteFolder.read(Path.of("routes"));
    Placement placement =
        Placement.of(
            Diagram.of(
                Wiring.of(found.routes(), Path.of("routes"), JavaRoutes.inMemory()),
                new LoadedTopologies(found.topologies(), PackValues.of(Path.of("config")))));
    List<Box> boxes = placement.boxes();

    for (int i = 0; i < boxes.size(); i++) {
      for (Box other : boxes.subList(i + 1, boxes.size())) {
        assertThat(overlap(boxes.get(i), other)).as("%s and %s", boxes.get(i), other).isFalse();
      }
      Box box = boxes.get(i);
      assertThat(box.at().x() + box.width()).isBetween(0.0, placement.width());
      assertThat(box.at().y() + box.height()).isBetween(0.0, placement.height());
    }
  }

  private static boolean overlap(Box one, Box other) {
    return one.at().x() < other.at().x() + other.width()
        && other.at().x() < one.at().x() + one.width()
        && one.at().y() < other.at().y() + other.height()
        && other.at().y() < one.at().y() + one.height();
  }

  @Test
  void any_text_is_still_xml_and_a_long_one_is_wrapped_and_cut() throws Exception {
    Node odd = new Node(Kind.ROUTE, "a<b", "", "<x> & \"y\" 'z' \u0001\uffff", "]]>", "--> </svg>");
    Node longer = new Node(Kind.QUEUE, "a<b", "", "name-of-a-queue.".repeat(20), "", "");
    Diagram diagram =
        new Diagram(List.of(odd, longer), List.of(new Edge(odd, longer, "a<\"#", false)));

    Document image = read(SvgText.of(diagram, "<name>"));

    List<String> texts = words(image, "text");
    assertThat(texts).contains("a<b", "<x> & \"y\" 'z'  �", "]]>", "a<\"#");
    assertThat(texts).contains("name-of-a-queue.name-of-a-", "a-queue.name-of-a-queue.name-…");
    assertThat(texts).allMatch(text -> text.length() <= 32);
    assertThat(words(image, "title"))
        .contains("<name>", "route <x> & \"y\" 'z' �� (]]>)\n--> </svg>");
  }

  @Test
  void one_node_alone_can_be_drawn() throws Exception {
    Node only = new Node(Kind.TARGET, "shop", "", "x", "", "");

    assertThat(titles(SvgText.of(new Diagram(List.of(only), List.of()), "one")))
        .contains("target x");
  }

  private static List<String> titles(String svg) throws Exception {
    return words(read(svg), "title");
  }

  private static Document read(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static List<String> words(Document image, String tag) {
    NodeList found = image.getElementsByTagName(tag);
    List<String> words = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      words.add(found.item(i).getTextContent());
    }
    return words;
  }
}
