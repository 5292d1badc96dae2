package dev.serai.drawing;

import dev.serai.drawing.Diagram.Edge;
import dev.serai.drawing.Diagram.Node;
import dev.serai.drawing.Placement.Box;
import dev.serai.drawing.Placement.Frame;
import dev.serai.drawing.Placement.Line;
import dev.serai.drawing.Placement.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.Alignment;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeLabelPlacement;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.HierarchyHandling;
import org.eclipse.elk.core.util.NullElkProgressMonitor;
import org.eclipse.elk.graph.ElkBendPoint;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkLabel;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * Finds places for boxes and lines: in layers from left to right, each group in a frame of its own.
 */
final class Layout {
  private static final double APART = 28;
  private static final double FRAME_HEAD = 40;

  private final ElkNode graph = ElkGraphUtil.createGraph();
  private final Map<String, ElkNode> frames = new LinkedHashMap<>();
  private final Map<Node, ElkNode> boxes = new LinkedHashMap<>();
  private final Map<Edge, ElkEdge> lines = new LinkedHashMap<>();

  private Layout(Diagram diagram) {
    arrange(graph, new ElkPadding(0));
    for (String group : diagram.groups()) {
      ElkNode frame = ElkGraphUtil.createNode(graph);
      arrange(frame, new ElkPadding(FRAME_HEAD, APART, APART, APART));
      frames.put(group, frame);
    }
    for (Node node : diagram.nodes()) {
      ElkNode box = ElkGraphUtil.createNode(of(frames, node.group()));
      Box size = Box.of(node);
      box.setDimensions(size.width(), size.height());
      box.setProperty(CoreOptions.ALIGNMENT, Alignment.LEFT);
      boxes.put(node, box);
    }
    for (Edge edge : diagram.edges()) {
      lines.put(edge, line(edge, of(boxes, edge.from()), of(boxes, edge.to())));
    }
  }

  /** Places a diagram at the left top. */
  static Placement of(Diagram diagram) {
    LayoutMetaDataService.getInstance()
        .registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
    Layout layout = new Layout(diagram);
    new RecursiveGraphLayoutEngine().layout(layout.graph, new NullElkProgressMonitor());
    return layout.read();
  }

  private static <K> ElkNode of(Map<K, ElkNode> nodes, K key) {
    return Objects.requireNonNull(nodes.get(key));
  }

  private static void arrange(ElkNode graph, ElkPadding padding) {
    graph.setProperty(CoreOptions.ALGORITHM, "org.eclipse.elk.layered");
    graph.setProperty(LayeredOptions.HIERARCHY_HANDLING, HierarchyHandling.INCLUDE_CHILDREN);
    graph.setProperty(LayeredOptions.DIRECTION, Direction.RIGHT);
    graph.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
    graph.setProperty(LayeredOptions.SPACING_NODE_NODE, APART / 2);
    graph.setProperty(LayeredOptions.SPACING_EDGE_NODE, APART / 2);
    graph.setProperty(LayeredOptions.SPACING_EDGE_EDGE, APART / 3);
    graph.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, APART * 2);
    graph.setProperty(LayeredOptions.SPACING_EDGE_NODE_BETWEEN_LAYERS, APART / 2);
    graph.setProperty(LayeredOptions.SPACING_EDGE_EDGE_BETWEEN_LAYERS, APART / 3);
    graph.setProperty(LayeredOptions.PADDING, padding);
  }

  private static ElkEdge line(Edge edge, ElkNode from, ElkNode to) {
    ElkEdge line = ElkGraphUtil.createSimpleEdge(from, to);
    if (!edge.label().isEmpty()) {
      ElkLabel label = ElkGraphUtil.createLabel(Placement.label(edge), line);
      label.setWidth(Lettering.width(label.getText(), Placement.SMALL_TYPE) + 4);
      label.setHeight(Placement.SMALL_TYPE + 4);
      label.setProperty(LayeredOptions.EDGE_LABELS_PLACEMENT, EdgeLabelPlacement.CENTER);
    }
    return line;
  }

  private Placement read() {
    List<Frame> placed = new ArrayList<>();
    frames.forEach(
        (group, at) ->
            placed.add(
                new Frame(group, new Point(at.getX(), at.getY()), at.getWidth(), at.getHeight())));
    List<Box> placedBoxes = new ArrayList<>();
    boxes.forEach(
        (node, at) ->
            placedBoxes.add(Box.of(node).at(point(at.getParent(), at.getX(), at.getY()))));
    List<Line> placedLines = new ArrayList<>();
    lines.forEach((edge, at) -> placedLines.add(line(edge, at)));
    return new Placement(graph.getWidth(), graph.getHeight(), placed, placedBoxes, placedLines);
  }

  private static Line line(Edge edge, ElkEdge at) {
    ElkNode within = at.getContainingNode();
    List<Point> points = new ArrayList<>();
    for (ElkEdgeSection section : at.getSections()) {
      points.add(point(within, section.getStartX(), section.getStartY()));
      for (ElkBendPoint bend : section.getBendPoints()) {
        points.add(point(within, bend.getX(), bend.getY()));
      }
      points.add(point(within, section.getEndX(), section.getEndY()));
    }
    Optional<Point> label =
        at.getLabels().stream().findFirst().map(text -> point(within, text.getX(), text.getY()));
    return new Line(edge, points, label);
  }

  /** A place within a node, as seen from the whole. */
  private static Point point(ElkNode within, double x, double y) {
    double left = x;
    double top = y;
    for (ElkNode at = within; at != null && at.getParent() != null; at = at.getParent()) {
      left += at.getX();
      top += at.getY();
    }
    return new Point(left, top);
  }
}
