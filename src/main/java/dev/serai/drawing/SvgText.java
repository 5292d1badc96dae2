package dev.serai.drawing;

import dev.serai.drawing.Placement.Box;
import dev.serai.drawing.Placement.Frame;
import dev.serai.drawing.Placement.Line;
import dev.serai.drawing.Placement.Point;
import java.util.List;
import java.util.Locale;

/** A diagram as an SVG image, which needs nothing else and suits light and dark surroundings. */
public final class SvgText {
  private static final double ROUND = 9;
  private static final String STYLE =
      """
      svg { --ground: #ffffff; --frame: #f6f7f9; --border: #d0d5dd; --ink: #1d2939; --soft: #667085;
        --source: #1570cd; --source-fill: #e8f2fd; --broker: #b54708; --broker-fill: #fef4e6;
        --parking: #c01048; --parking-fill: #fdebf0; --route: #087443; --route-fill: #e9f8f0;
        --policy: #667085; --policy-fill: #ffffff; --target: #6938ef; --target-fill: #f2effe; }
      @media (prefers-color-scheme: dark) {
        svg { --ground: #101418; --frame: #171c22; --border: #333c47; --ink: #e6eaf0; --soft: #98a2b3;
          --source: #53a5f5; --source-fill: #10253c; --broker: #f0a345; --broker-fill: #33230d;
          --parking: #f6678e; --parking-fill: #3a1320; --route: #4cc38a; --route-fill: #0f2c20;
          --policy: #98a2b3; --policy-fill: #1f262e; --target: #a48afb; --target-fill: #231c42; } }
      text { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
        font-size: 12px; fill: var(--ink); }
      .small { font-size: 10px; fill: var(--soft); }
      .group { font-size: 13px; font-weight: bold; fill: var(--soft); }
      .ground { fill: var(--ground); }
      .frame { fill: var(--frame); stroke: var(--border); }
      .halo { fill: var(--frame); }
      .line { fill: none; stroke: var(--soft); stroke-width: 1.2; marker-end: url(#head); }
      .failure { stroke: var(--parking); stroke-dasharray: 5 4; marker-end: url(#failure-head); }
      #head path { fill: var(--soft); } #failure-head path { fill: var(--parking); }
      .box { stroke-width: 1.3; }
      .source { stroke: var(--source); fill: var(--source-fill); }
      .exchange, .queue { stroke: var(--broker); fill: var(--broker-fill); }
      .parking { stroke: var(--parking); fill: var(--parking-fill); }
      .route { stroke: var(--route); fill: var(--route-fill); }
      .policy { stroke: var(--policy); fill: var(--policy-fill); stroke-dasharray: 4 3; }
      .bean, .target { stroke: var(--target); fill: var(--target-fill); }
      .detail { fill: none; }
      """;
  private static final String HEAD =
      """
      <marker id="%s" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" markerHeight="8" \
      orient="auto" markerUnits="userSpaceOnUse"><path d="M0 0.5 L8 4 L0 7.5 z"/></marker>
      """;

  private SvgText() {}

  /**
   * The image.
   *
   * @param name of what it shows
   */
  public static String of(Diagram diagram, String name) {
    Placement placement = Placement.of(diagram);
    StringBuilder text = new StringBuilder();
    text.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$s" height="%2$s" viewBox="0 0 %1$s %2$s" role="img">
        <title>%3$s</title>
        <style>
        %4$s</style>
        <defs>
        %5$s%6$s</defs>
        <rect class="ground" width="100%%" height="100%%"/>
        """
            .formatted(
                number(placement.width()),
                number(placement.height()),
                escaped(name),
                STYLE,
                HEAD.formatted("head"),
                HEAD.formatted("failure-head")));
    placement.frames().forEach(frame -> frame(frame, text));
    placement.lines().forEach(line -> line(line, text));
    placement.boxes().forEach(box -> box(box, text));
    placement.lines().forEach(line -> label(line, text));
    return text.append("</svg>\n").toString();
  }

  private static void frame(Frame frame, StringBuilder text) {
    text.append(
        """
        <rect class="frame" x="%s" y="%s" width="%s" height="%s" rx="10"/>
        """
            .formatted(
                number(frame.at().x()),
                number(frame.at().y()),
                number(frame.width()),
                number(frame.height())));
    words("group", frame.at().x() + 16, frame.at().y() + 24, "start", frame.group(), text);
  }

  private static void line(Line line, StringBuilder text) {
    text.append("<path class=\"line%s\" d=\"".formatted(line.edge().onFailure() ? " failure" : ""));
    List<Point> points = line.points();
    for (int i = 0; i < points.size(); i++) {
      Point at = points.get(i);
      if (i == 0) {
        text.append("M").append(pair(at));
      } else if (i == points.size() - 1) {
        text.append(" L").append(pair(at));
      } else {
        text.append(" L").append(pair(before(points.get(i - 1), at, points.get(i + 1))));
        text.append(" Q").append(pair(at)).append(' ');
        text.append(pair(before(points.get(i + 1), at, points.get(i - 1))));
      }
    }
    text.append(
        "\"><title>%s</title></path>\n"
            .formatted(
                escaped(
                    "%s → %s%s%s"
                        .formatted(
                            line.edge().from().name(),
                            line.edge().to().name(),
                            line.edge().label().isEmpty() ? "" : " with " + line.edge().label(),
                            line.edge().onFailure() ? " on failure" : ""))));
  }

  /** A point a little before a corner, so that the corner can be round. */
  private static Point before(Point from, Point corner, Point next) {
    double length = Math.hypot(corner.x() - from.x(), corner.y() - from.y());
    double after = Math.hypot(corner.x() - next.x(), corner.y() - next.y());
    double part = length == 0 ? 0 : Math.min(ROUND / 2, Math.min(length, after) / 2) / length;
    return new Point(
        corner.x() + (from.x() - corner.x()) * part, corner.y() + (from.y() - corner.y()) * part);
  }

  private static void label(Line line, StringBuilder text) {
    line.label()
        .ifPresent(
            at -> {
              String label = Placement.label(line.edge());
              double width = Lettering.width(label, Placement.SMALL_TYPE) + 4;
              text.append(
                  "<rect class=\"halo\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>\n"
                      .formatted(
                          number(at.x()),
                          number(at.y()),
                          number(width),
                          number(Placement.SMALL_TYPE + 4)));
              words("small", at.x() + width / 2, at.y() + 10, "middle", label, text);
            });
  }

  private static void box(Box box, StringBuilder text) {
    text.append("<g><title>%s</title>\n".formatted(escaped(title(box))));
    text.append(Shape.of(box));
    double x = box.middle().x();
    double y = box.middle().y() - lines(box) * Placement.LINE / 2 + Placement.TYPE;
    for (String words : box.name()) {
      words("", x, y, "middle", words, text);
      y += Placement.LINE;
    }
    for (String words : box.more()) {
      words("small", x, y - 1, "middle", words, text);
      y += Placement.LINE;
    }
    text.append("</g>\n");
  }

  private static int lines(Box box) {
    return box.name().size() + box.more().size();
  }

  private static String title(Box box) {
    Diagram.Node node = box.node();
    String more = node.more().isEmpty() ? "" : " (" + node.more() + ")";
    String title = node.title().isEmpty() ? "" : "\n" + node.title();
    return node.kind().word() + " " + node.name() + more + title;
  }

  private static void words(
      String style, double x, double y, String anchor, String words, StringBuilder text) {
    text.append(
        "<text%s x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
            .formatted(
                style.isEmpty() ? "" : " class=\"" + style + "\"",
                number(x),
                number(y),
                anchor,
                escaped(words)));
  }

  private static String pair(Point at) {
    return number(at.x()) + " " + number(at.y());
  }

  /** With one digit after the point, whatever the language of the machine. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value).replaceFirst("\\.0$", "");
  }

  /** For use between tags; without the characters that XML does not allow. */
  private static String escaped(String text) {
    return text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]|[\\ufffe\\uffff]|\\p{Cs}", "�")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
