package dev.serai.egress;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which IP addresses may be called: public ones, and those that a person has allowed. */
final class AddressRules {
  private static final Pattern RANGE = Pattern.compile("([0-9a-fA-F.:]+)(?:/(\\d{1,3}))?");

  /** IANA's special-purpose ranges. Of IPv6 only 2000::/3 is public, with holes. */
  private static final List<IpSubnetFilterRule> BLOCKED =
      rules(
          "0.0.0.0/8",
          "10.0.0.0/8", // private
          "100.64.0.0/10", // behind a carrier's NAT
          "127.0.0.0/8", // this machine
          "169.254.0.0/16", // link-local: where clouds keep the secrets of a machine
          "172.16.0.0/12", // private
          "192.0.0.0/24",
          "192.0.2.0/24", // documentation
          "192.88.99.0/24", // 6to4 relays
          "192.168.0.0/16", // private
          "198.18.0.0/15", // benchmarks
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/4", // multicast
          "240.0.0.0/4", // reserved, and broadcast
          "::/3", // ::, ::1, IPv4 in IPv6 (mapped, compatible), NAT64
          "2001::/23", // Teredo and other protocols
          "2001:db8::/32", // documentation
          "2002::/16", // 6to4
          "3fff::/20", // documentation
          "4000::/2",
          "8000::/1"); // fc00::/7 private, fe80::/10 link-local, ff00::/8 multicast

  private final List<IpSubnetFilterRule> allowed;

  /**
   * Rules with exceptions.
   *
   * @param allowed addresses or ranges, such as {@code 10.1.0.0/16}
   * @throws IllegalArgumentException for one that is none
   */
  AddressRules(List<String> allowed) {
    this.allowed =
        allowed.stream()
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .map(AddressRules::rule)
            .toList();
  }

  /** Whether this address may be called. */
  boolean allow(InetAddress address) {
    InetSocketAddress socket = new InetSocketAddress(address, 0);
    return BLOCKED.stream().noneMatch(rule -> rule.matches(socket))
        || allowed.stream().anyMatch(rule -> rule.matches(socket));
  }

  private static List<IpSubnetFilterRule> rules(String... ranges) {
    return Stream.of(ranges).map(AddressRules::rule).toList();
  }

  private static IpSubnetFilterRule rule(String range) {
    Matcher parts = RANGE.matcher(range);
    if (parts.matches()) {
      String address = parts.group(1);
      int longest =
          NetUtil.isValidIpV4Address(address) ? 32 : NetUtil.isValidIpV6Address(address) ? 128 : -1;
      int length = parts.group(2) == null ? longest : Integer.parseInt(parts.group(2));
      if (length <= longest) {
        return new IpSubnetFilterRule(address, length, IpFilterRuleType.ACCEPT);
      }
    }
    throw new IllegalArgumentException(
        "\"%s\" is no range of addresses; write one like 10.1.0.0/16 or fd00::/8".formatted(range));
  }
}
