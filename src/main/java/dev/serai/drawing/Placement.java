package dev.serai.drawing;

import dev.serai.drawing.Diagram.Edge;
import dev.serai.drawing.Diagram.Kind;
import dev.serai.drawing.Diagram.Node;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the boxes and lines of a diagram are.
 *
 * @param width of all of it
 * @param height of all of it
 * @param frames around the boxes of a group
 * @param boxes of nodes, and at the end those that explain the shapes
 * @param lines between boxes
 */
record Placement(
    double width, double height, List<Frame> frames, List<Box> boxes, List<Line> lines) {
  static final double TYPE = 12;
  static final double SMALL_TYPE = 10;
  static final double LINE = 16;
  static final double MARGIN = 20;
  private static final int WIDEST = 30; // letters
  private static final int MOST_LINES = 3;
  private static final double SIDE = 14;
  private static final double TOP = 10;

  private static final Placement EMPTY = new Placement(0, 0, List.of(), List.of(), List.of());

  record Point(double x, double y) {
    Point plus(double right, double down) {
      return new Point(x + right, y + down);
    }
  }

  record Frame(String group, Point at, double width, double height) {}

  /** A box with the lines of its text: those of the name, then those of what is more. */
  record Box(
      Node node, List<String> name, List<String> more, Point at, double width, double height) {

    /** As large as its text, at the left top. */
    static Box of(Node node) {
      List<String> name = Lettering.wrapped(node.name(), WIDEST, MOST_LINES);
      List<String> more =
          node.more().isEmpty() ? List.of() : Lettering.wrapped(node.more(), WIDEST, MOST_LINES);
      double widest = 0;
      for (String text : name) {
        widest = Math.max(widest, Lettering.width(text, TYPE));
      }
      for (String text : more) {
        widest = Math.max(widest, Lettering.width(text, SMALL_TYPE));
      }
      return new Box(
          node,
          name,
          more,
          new Point(0, 0),
          widest + 2 * SIDE + Shape.end(node.kind()),
          (name.size() + more.size()) * LINE + 2 * TOP);
    }

    Box at(Point place) {
      return new Box(node, name, more, place, width, height);
    }

    /** The middle of what its text may fill. */
    Point middle() {
      return at.plus((width - Shape.end(node.kind())) / 2, height / 2);
    }
  }

  /** An arrow through its points, and the left top of its label. */
  record Line(Edge edge, List<Point> points, Optional<Point> label) {}

  /** Groups that nothing connects stand side by side in rows, the meaning of the shapes below. */
  static Placement of(Diagram diagram) {
    List<Placement> parts = diagram.separated().stream().map(Layout::of).toList();
    double widest = parts.stream().mapToDouble(Placement::width).max().orElse(0);
    Placement row = EMPTY;
    Placement all = EMPTY;
    for (Placement part : parts) {
      if (row.width > 0 && row.width + MARGIN + part.width > widest) {
        all = all.above(row);
        row = EMPTY;
      }
      row = row.with(part.shifted(row.width == 0 ? 0 : row.width + MARGIN, 0));
    }
    return all.above(row).above(legend(diagram)).framed();
  }

  private Placement above(Placement below) {
    return with(below.shifted(0, height == 0 ? 0 : height + MARGIN));
  }

  private Placement framed() {
    Placement inner = shifted(MARGIN, MARGIN);
    return new Placement(
        inner.width + MARGIN, inner.height + MARGIN, inner.frames, inner.boxes, inner.lines);
  }

  private Placement with(Placement other) {
    return new Placement(
        Math.max(width, other.width),
        Math.max(height, other.height),
        Stream.concat(frames.stream(), other.frames.stream()).toList(),
        Stream.concat(boxes.stream(), other.boxes.stream()).toList(),
        Stream.concat(lines.stream(), other.lines.stream()).toList());
  }

  private static Placement legend(Diagram diagram) {
    EnumSet<Kind> kinds = EnumSet.noneOf(Kind.class);
    diagram.nodes().forEach(node -> kinds.add(node.kind()));
    List<Box> boxes = new ArrayList<>();
    double width = 0;
    double height = 0;
    for (Kind kind : kinds) {
      Box box = Box.of(new Node(kind, "", "", kind.word(), "", "")).at(new Point(width, 0));
      boxes.add(box);
      width += box.width() + MARGIN;
      height = box.height();
    }
    return new Placement(width, height, List.of(), boxes, List.of());
  }

  private Placement shifted(double right, double down) {
    return new Placement(
        width + right,
        height + down,
        frames.stream()
            .map(f -> new Frame(f.group(), f.at().plus(right, down), f.width(), f.height()))
            .toList(),
        boxes.stream().map(box -> box.at(box.at().plus(right, down))).toList(),
        lines.stream()
            .map(
                line ->
                    new Line(
                        line.edge(),
                        line.points().stream().map(at -> at.plus(right, down)).toList(),
                        line.label().map(at -> at.plus(right, down))))
            .toList());
  }

  /** As much of the label as is shown. */
  static String label(Edge edge) {
    return Lettering.wrapped(edge.label(), WIDEST, 1).get(0);
  }
}
