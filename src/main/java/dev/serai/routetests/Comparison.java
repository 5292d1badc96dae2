package dev.serai.routetests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares what a test expects with what was got, and notes each difference with its place. */
final class Comparison {
  private final List<Mismatch> mismatches;
  private final boolean exact;
  private final boolean loose;
  private final boolean entries;

  /** Fields that are not expected may be there; {@code 5} is not {@code "5"}. */
  Comparison(List<Mismatch> mismatches) {
    this(mismatches, false, false, false);
  }

  private Comparison(List<Mismatch> mismatches, boolean exact, boolean loose, boolean entries) {
    this.mismatches = mismatches;
    this.exact = exact;
    this.loose = loose;
    this.entries = entries;
  }

  /** For headers: names in any case, and numbers may be texts. */
  Comparison ofHeaders() {
    return new Comparison(mismatches, exact, true, false);
  }

  /** For what endpoints got, one or a list of them: with headers among their fields. */
  Comparison ofEntries() {
    return new Comparison(mismatches, false, false, true);
  }

  private Comparison ofField(String name) {
    return !entries
        ? this
        : name.equals("headers") ? ofHeaders() : new Comparison(mismatches, exact, false, false);
  }

  void compare(Part expected, JsonNode got, String path) {
    Matcher matcher = Matcher.of(expected).orElse(null);
    if (matcher != null) {
      compare(matcher, expected, got, path);
    } else {
      compareWritten(expected, got, path);
    }
  }

  private void compareWritten(Part expected, JsonNode got, String path) {
    if (expected.isMapping()) {
      compareFields(expected, Tree.parsed(got), path);
    } else if (expected.isList()) {
      compareItems(expected, Tree.parsed(got), path);
    } else if (!equal(expected.plain(), got)) {
      JsonNode wanted = Tree.of(expected.plain());
      boolean sameText = Tree.text(wanted).equals(Tree.text(got));
      note(
          expected,
          path,
          sameText ? wanted.toString() : Tree.text(wanted),
          sameText ? got.toString() : Tree.text(got));
    }
  }

  private void compareFields(Part expected, JsonNode got, String path) {
    if (!got.isObject()) {
      note(expected, path, Tree.text(Tree.of(expected.plain())), Tree.text(got));
      return;
    }
    Map<String, Part> fields = expected.entries();
    fields.forEach(
        (name, value) -> ofField(name).compare(value, field(got, name), path + "." + name));
    if (exact) {
      Set<String> more = new LinkedHashSet<>();
      got.fieldNames().forEachRemaining(more::add);
      more.removeAll(fields.keySet());
      more.forEach(
          name -> note(expected, path + "." + name, "nothing", Tree.text(field(got, name))));
    }
  }

  private JsonNode field(JsonNode got, String name) {
    JsonNode same = got.path(name);
    if (!loose || !same.isMissingNode()) {
      return same;
    }
    for (Map.Entry<String, JsonNode> field : got.properties()) {
      if (field.getKey().equalsIgnoreCase(name)) {
        return field.getValue();
      }
    }
    return MissingNode.getInstance();
  }

  private void compareItems(Part expected, JsonNode got, String path) {
    List<Part> items = expected.items();
    if (!got.isArray() || got.size() != items.size()) {
      note(expected, path, Tree.text(Tree.of(expected.plain())), Tree.text(got));
      return;
    }
    for (int i = 0; i < items.size(); i++) {
      compare(items.get(i), got.path(i), path + "[" + i + "]");
    }
  }

  private void compare(Matcher matcher, Part expected, JsonNode got, String path) {
    Part part = matcher.part();
    String text = Tree.text(got);
    switch (matcher.kind()) {
      case MATCHES -> check(Pattern.matches(part.text(), text), expected, path, text);
      case CONTAINS -> check(text.contains(part.text()), expected, path, text);
      case ANY -> check(!got.isMissingNode() && !got.isNull(), expected, path, text);
      case ABSENT -> check(got.isMissingNode() || got.isNull(), expected, path, text);
      case EXACTLY ->
          new Comparison(mismatches, true, loose, entries).compareWritten(part, got, path);
      case IN_ANY_ORDER -> compareInAnyOrder(part, Tree.parsed(got), path);
    }
  }

  private void compareInAnyOrder(Part expected, JsonNode got, String path) {
    List<JsonNode> left = new ArrayList<>();
    got.forEach(left::add);
    if (left.size() != expected.items().size()) {
      note(expected, path, expected.items().size() + " of them", String.valueOf(left.size()));
      return;
    }
    for (Part item : expected.items()) {
      JsonNode fitting =
          left.stream().filter(candidate -> fits(item, candidate, path)).findFirst().orElse(null);
      if (fitting == null) {
        String others =
            left.stream().map(Shown::of).collect(Collectors.joining(System.lineSeparator()));
        note(item, path, Tree.text(Tree.of(item.plain())), others);
      } else {
        left.remove(fitting);
      }
    }
  }

  private boolean fits(Part item, JsonNode candidate, String path) {
    List<Mismatch> found = new ArrayList<>();
    new Comparison(found, exact, loose, entries).compare(item, candidate, path + "[0]");
    return found.isEmpty();
  }

  private void check(boolean good, Part expected, String path, String got) {
    if (!good) {
      note(expected, path, Tree.text(Tree.of(expected.plain())), got);
    }
  }

  private boolean equal(@Nullable Object expected, JsonNode got) {
    if (expected == null) {
      return got.isNull() || got.isMissingNode();
    }
    if (expected instanceof Number number && got.isNumber()) {
      return new BigDecimal(number.toString()).compareTo(got.decimalValue()) == 0;
    }
    if (expected instanceof Boolean flag && got.isBoolean()) {
      return flag == got.booleanValue();
    }
    boolean asText = loose || expected instanceof String;
    return asText && Tree.text(got).equals(expected.toString()) && (loose || !got.isNumber());
  }

  private void note(Part at, String path, String expected, String got) {
    mismatches.add(new Mismatch(at.place(), path, expected, got));
  }
}
