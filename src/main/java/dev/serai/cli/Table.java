package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Rows under headings, in columns as wide as their widest text; numbers stand on the right. */
final class Table {
  private static final String GAP = "  ";

  private final List<Column> columns = new ArrayList<>();

  private record Column(String heading, int widest, Function<JsonNode, String> text) {}

  /** A column that shows a field of the row. */
  Table column(String heading, String field) {
    return column(heading, Integer.MAX_VALUE, row -> text(row.path(field)));
  }

  /**
   * A column.
   *
   * @param widest longer texts are cut and end in …
   * @param text of a row
   */
  Table column(String heading, int widest, Function<JsonNode, String> text) {
    columns.add(new Column(heading, widest, text));
    return this;
  }

  /** The lines, the headings first. */
  String render(Iterable<JsonNode> rows) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(columns.stream().map(Column::heading).toList());
    rows.forEach(row -> cells.add(columns.stream().map(column -> cell(column, row)).toList()));
    StringBuilder out = new StringBuilder();
    for (List<String> line : cells) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < line.size(); i++) {
        text.append(i == 0 ? "" : GAP)
            .append(padded(line.get(i), width(cells, i), right(cells, i)));
      }
      out.append(text.toString().stripTrailing()).append(System.lineSeparator());
    }
    return out.toString();
  }

  /** A value for people: lists as {@code a, b}, nothing as {@code -}, other structures as JSON. */
  static String text(JsonNode value) {
    if (value.isMissingNode() || value.isNull() || (value.isContainerNode() && value.isEmpty())) {
      return "-";
    }
    if (value.isArray()) {
      List<String> items = new ArrayList<>();
      value.forEach(item -> items.add(text(item)));
      return String.join(", ", items);
    }
    return value.isValueNode() ? value.asText() : value.toString();
  }

  private static String cell(Column column, JsonNode row) {
    String text = column.text().apply(row).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return text.length() <= column.widest() ? text : text.substring(0, column.widest() - 1) + "…";
  }

  private static int width(List<List<String>> cells, int column) {
    return cells.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
  }

  private static boolean right(List<List<String>> cells, int column) {
    return cells.size() > 1
        && cells.stream().skip(1).allMatch(line -> line.get(column).matches("-|[0-9.]+"));
  }

  private static String padded(String text, int width, boolean right) {
    String space = " ".repeat(width - text.length());
    return right ? space + text : text + space;
  }
}
