package dev.serai.urls;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.stream.Collectors;

/** A part of a URL, and how patterns for it are read. */
enum Component {
  PROTOCOL("", ""),
  USERNAME("", ""),
  PASSWORD("", ""),
  HOSTNAME(".", ""),
  IPV6("", ""),
  PORT("", ""),
  PATHNAME("/", "/"),
  OPAQUE("", ""),
  SEARCH("", ""),
  HASH("", "");

  private final String delimiter;
  private final String prefix;

  Component(String delimiter, String prefix) {
    this.delimiter = delimiter;
    this.prefix = prefix;
  }

  /** The character before a name that belongs to it. */
  String prefix() {
    return prefix;
  }

  /** What a name stands for when nothing else is said. */
  String segment() {
    return delimiter.isEmpty() ? ".+?" : "[^" + (delimiter.equals(".") ? "\\." : delimiter) + "]+?";
  }

  /** Fixed text as it is in a URL. */
  String encode(String text) throws BadPatternException {
    if (text.isEmpty()) {
      return "";
    }
    return switch (this) {
      case PROTOCOL -> Canonical.protocol(text);
      case USERNAME, PASSWORD -> Percent.USERINFO.encode(text);
      case HOSTNAME -> Canonical.hostname(text);
      case IPV6 -> Canonical.ipv6(text);
      case PORT -> Canonical.port(text);
      case PATHNAME -> Canonical.pathname(text);
      case OPAQUE -> Percent.CONTROL.encode(text);
      case SEARCH -> Percent.QUERY.encode(text);
      case HASH -> Percent.FRAGMENT.encode(text);
    };
  }

  /** Matches the whole of a component. */
  Pattern compile(String text) throws BadPatternException {
    List<Part> parts = PartParser.parse(text, this);
    return Regexps.compileSmall(parts.stream().map(Part::toRegexp).collect(Collectors.joining()));
  }
}
