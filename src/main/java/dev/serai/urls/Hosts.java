package dev.serai.urls;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/** Hosts of URLs (URL, section 3.5). No name is looked up. */
final class Hosts {
  private static final String FORBIDDEN = "\0\t\n\r #/:<>?@[\\]^|%\u007f";

  private Hosts() {}

  /** The host of a special URL: a name, or an address in its usual spelling. */
  static String special(String text) throws BadUrlException {
    if (text.startsWith("[")) {
      return ipv6(text);
    }
    if (text.isEmpty()) {
      throw new BadUrlException("a host is missing");
    }
    return nameOrIpv4(text);
  }

  /** A name, or what a name of numbers only means. */
  static String nameOrIpv4(String text) throws BadUrlException {
    String name = domain(Percent.decode(text));
    return endsInNumber(name) ? ipv4(name) : name;
  }

  /** The host of any other URL. */
  static String opaque(String text) throws BadUrlException {
    if (text.startsWith("[")) {
      return ipv6(text);
    }
    if (text.chars().anyMatch(c -> c != '%' && FORBIDDEN.indexOf(c) >= 0)) {
      throw new BadUrlException("no host: " + text);
    }
    return Percent.CONTROL.encode(text);
  }

  /** A name, or a part of one, in lower case and ASCII. */
  private static String domain(String text) throws BadUrlException {
    String ascii = text;
    if (text.chars().anyMatch(c -> c > 0x7f)) {
      try {
        ascii = IDN.toASCII(text, IDN.ALLOW_UNASSIGNED);
      } catch (IllegalArgumentException e) {
        throw new BadUrlException("no host: " + text);
      }
    }
    if (ascii.chars().anyMatch(c -> c <= 0x20 || FORBIDDEN.indexOf(c) >= 0)) {
      throw new BadUrlException("no host: " + text);
    }
    return ascii.toLowerCase(Locale.ROOT);
  }

  private static boolean endsInNumber(String name) {
    String trimmed = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    String last = trimmed.substring(trimmed.lastIndexOf('.') + 1);
    return last.matches("\\d+|0[xX][0-9a-fA-F]*");
  }

  private static String ipv4(String name) throws BadUrlException {
    String[] parts =
        (name.endsWith(".") ? name.substring(0, name.length() - 1) : name).split("\\.", -1);
    if (parts.length > 4) {
      throw new BadUrlException("no address: " + name);
    }
    long address = 0;
    for (int i = 0; i < parts.length; i++) {
      long number = number(parts[i]);
      boolean last = i == parts.length - 1;
      if (number >= (last ? 1L << (8 * (5 - parts.length)) : 256)) {
        throw new BadUrlException("no address: " + name);
      }
      address += last ? number : number << (8 * (3 - i));
    }
    return "%d.%d.%d.%d"
        .formatted(address >> 24, address >> 16 & 255, address >> 8 & 255, address & 255);
  }

  private static long number(String part) throws BadUrlException {
    try {
      if (part.matches("0[xX][0-9a-fA-F]{0,9}")) {
        return part.length() == 2 ? 0 : Long.parseLong(part.substring(2), 16);
      }
      if (part.matches("0[0-7]{1,12}")) {
        return Long.parseLong(part, 8);
      }
      if (part.matches("\\d{1,12}")) {
        return Long.parseLong(part);
      }
    } catch (NumberFormatException e) {
      throw new BadUrlException("no address: " + part);
    }
    throw new BadUrlException("no address: " + part);
  }

  private static String ipv6(String text) throws BadUrlException {
    if (!text.matches("\\[[0-9A-Fa-f:.]{2,45}]") || !text.contains(":")) {
      throw new BadUrlException("no address: " + text);
    }
    try {
      byte[] bytes = InetAddress.getByName(text).getAddress();
      if (bytes.length == 4) { // Java makes an IPv4 address of a mapped one
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        System.arraycopy(bytes, 0, mapped, 12, 4);
        bytes = mapped;
      }
      return "[" + shortest(bytes) + "]";
    } catch (UnknownHostException e) {
      throw new BadUrlException("no address: " + text);
    }
  }

  /** The first of the longest runs of zeros is left out. */
  private static String shortest(byte[] bytes) {
    int start = -1;
    int length = 1;
    int run = 0;
    for (int i = 0; i < 8; i++) {
      run = piece(bytes, i) == 0 ? run + 1 : 0;
      if (run > length) {
        length = run;
        start = i - run + 1;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == start) {
        text.append(i == 0 ? "::" : ":");
        i += length - 1;
        continue;
      }
      text.append(Integer.toHexString(piece(bytes, i))).append(i < 7 ? ":" : "");
    }
    return text.toString();
  }

  private static int piece(byte[] bytes, int index) {
    return (bytes[2 * index] & 0xff) << 8 | bytes[2 * index + 1] & 0xff;
  }
}
