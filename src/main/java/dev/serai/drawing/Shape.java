package dev.serai.drawing;

import dev.serai.drawing.Diagram.Kind;
import dev.serai.drawing.Placement.Box;
import java.util.Locale;

/** The outline of a box, by what it stands for. */
final class Shape {
  private static final double CAP = 7; // how far the round or pointed end of a shape reaches

  private Shape() {}

  /** How much of the right side of a box is not for text. */
  static double end(Kind kind) {
    return kind == Kind.QUEUE || kind == Kind.PARKING ? CAP : 0;
  }

  static String of(Box box) {
    double x = box.at().x();
    double y = box.at().y();
    double right = x + box.width();
    double bottom = y + box.height();
    return switch (box.node().kind()) {
      case SOURCE -> rectangle(box, box.height() / 2);
      case POLICY -> rectangle(box, 8);
      case EXCHANGE ->
          path(
              box,
              "M%s %s H%s L%s %s L%s %s H%s L%s %s z",
              x + CAP,
              y,
              right - CAP,
              right,
              y + box.height() / 2,
              right - CAP,
              bottom,
              x + CAP,
              x,
              y + box.height() / 2);
      case QUEUE, PARKING -> pipe(box, x, y, right, bottom);
      case BEAN ->
          rectangle(box, 2)
              + path(box, "M%s %s V%s M%s %s V%s", x + CAP, y, bottom, right - CAP, y, bottom);
      case TARGET ->
          path(box, "M%s %s H%s L%s %s H%s z", x + CAP, y, right, right - CAP, bottom, x);
      case ROUTE -> rectangle(box, 4);
    };
  }

  /** A cylinder that lies on its side: what goes in on the left comes out on the right. */
  private static String pipe(Box box, double x, double y, double right, double bottom) {
    double half = box.height() / 2;
    return path(
            box,
            "M%s %s H%s A%s %s 0 0 1 %s %s H%s A%s %s 0 0 1 %s %s z",
            x + CAP,
            y,
            right - CAP,
            CAP,
            half,
            right - CAP,
            bottom,
            x + CAP,
            CAP,
            half,
            x + CAP,
            y)
        + path(box, "M%s %s A%s %s 0 0 0 %s %s", right - CAP, y, CAP, half, right - CAP, bottom);
  }

  private static String rectangle(Box box, double round) {
    return "<rect class=\"box %s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%s\"/>\n"
        .formatted(
            style(box),
            SvgText.number(box.at().x()),
            SvgText.number(box.at().y()),
            SvgText.number(box.width()),
            SvgText.number(box.height()),
            SvgText.number(round));
  }

  private static String path(Box box, String form, Object... numbers) {
    Object[] texts = new Object[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      texts[i] = SvgText.number((Double) numbers[i]);
    }
    return "<path class=\"box %s\" d=\"%s\"/>\n".formatted(style(box), form.formatted(texts));
  }

  private static String style(Box box) {
    return box.node().kind().name().toLowerCase(Locale.ROOT);
  }
}
