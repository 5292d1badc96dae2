package dev.serai.routetests;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Single values of YAML as JSON knows them; dates and the like are texts. */
final class Scalars {
  private Scalars() {}

  static @Nullable Object value(ScalarNode node) {
    String text = node.getValue();
    Tag tag = node.getTag();
    if (tag.equals(Tag.NULL)) {
      return null;
    }
    if (tag.equals(Tag.BOOL) && text.matches("(?i)true|false")) { // not yes and no, which are words
      return text.equalsIgnoreCase("true");
    }
    if (tag.equals(Tag.INT) && text.matches("[-+]?\\d+")) {
      BigInteger number = new BigInteger(text);
      return number.bitLength() < Integer.SIZE
          ? (Object) number.intValue()
          : number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }
    if (tag.equals(Tag.FLOAT) && text.matches("[-+]?\\d+(\\.\\d+)?([eE][-+]?\\d+)?")) {
      return new BigDecimal(text).doubleValue();
    }
    return text;
  }
}
