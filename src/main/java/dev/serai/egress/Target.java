package dev.serai.egress;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a URL leads: a scheme, a host in its one spelling, a port and what is asked for there.
 *
 * @param host a name in lower case, or an address, IPv6 in brackets
 * @param path with the query
 */
record Target(boolean tls, String host, int port, String path) {
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern NAME =
      Pattern.compile("([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)*[a-z]([a-z0-9-]*[a-z0-9])?");
  private static final int LONGEST_NAME = 253;

  /**
   * Reads a URL.
   *
   * @throws RefusedTargetException for one with a login, another scheme, or a host in an odd
   *     spelling, behind which an address could hide
   */
  static Target of(URI url) throws RefusedTargetException {
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new RefusedTargetException("the address must begin with https:// or http://");
    }
    if (url.getRawUserInfo() != null) {
      throw new RefusedTargetException("the address must not have a login; send it as a header");
    }
    boolean tls = scheme.equals("https");
    int port = url.getPort() == -1 ? (tls ? 443 : 80) : url.getPort();
    if (port < 1 || port > 65_535 || String.valueOf(url.getRawAuthority()).endsWith(":")) {
      throw new RefusedTargetException("the port must be from 1 to 65535");
    }
    String host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
    boolean plain = host.length() <= LONGEST_NAME && NAME.matcher(host).matches();
    Target target = new Target(tls, host, port, path(url));
    if (!plain && target.literal().isEmpty()) {
      throw new RefusedTargetException(
          "the host must be a name such as hooks.example.com, an IPv4 address of four decimal"
              + " numbers, or an IPv6 address in brackets that holds no IPv4 address");
    }
    return target;
  }

  private static String path(URI url) {
    URI ascii = URI.create(url.toASCIIString());
    String path = ascii.getRawPath() == null ? "" : ascii.getRawPath();
    String query = ascii.getRawQuery() == null ? "" : "?" + ascii.getRawQuery();
    return (path.isEmpty() ? "/" : path) + query;
  }

  /** The address that the URL itself names, {@code localhost} included; empty for other names. */
  Optional<InetAddress> literal() {
    try {
      if (host.equals("localhost") || host.endsWith(".localhost")) { // RFC 6761: never asked for
        return Optional.of(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
      }
      if (V4.matcher(host).matches()) {
        return Optional.of(
            InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(host)));
      }
      String inner = host.startsWith("[") ? host.substring(1, host.length() - 1) : "";
      if (inner.contains(":") && !inner.contains("%") && NetUtil.isValidIpV6Address(inner)) {
        InetAddress address = InetAddress.getByName(inner); // asks nobody: it is an address
        return address instanceof Inet6Address ? Optional.of(address) : Optional.empty();
      }
      return Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /**
   * Lets only addresses through that may be called.
   *
   * @throws RefusedTargetException if any may not: another look-up could give that one
   */
  static void check(List<InetAddress> addresses, AddressRules rules) throws RefusedTargetException {
    for (InetAddress address : addresses) {
      if (!rules.allow(address)) {
        throw new RefusedTargetException(
            "the host is %s, which is not public; serai.webhooks.egress-allow can allow it"
                .formatted(NetUtil.toAddressString(address)));
      }
    }
  }
}
