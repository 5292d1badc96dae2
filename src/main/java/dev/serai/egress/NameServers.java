package dev.serai.egress;

import io.netty.resolver.dns.DnsServerAddressStream;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddresses;
import io.netty.resolver.dns.UnixResolverDnsServerAddressStreamProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers that a file like {@code /etc/resolv.conf} names, read again now and then. Where it
 * names none that of this machine, as the C library does; Netty would ask a public one. For one
 * thread.
 */
final class NameServers implements DnsServerAddressStreamProvider {
  private static final Logger LOG = LoggerFactory.getLogger(NameServers.class);
  private static final long KEPT = Duration.ofMinutes(1).toNanos();
  private static final int DNS = 53;

  private final Path file;
  private DnsServerAddressStreamProvider known;
  private long readAt;

  NameServers(Path file) {
    this.file = file;
    this.known = read();
    this.readAt = System.nanoTime();
  }

  @Override
  public DnsServerAddressStream nameServerAddressStream(String hostname) {
    long now = System.nanoTime();
    if (now - readAt > KEPT) {
      known = read();
      readAt = now;
    }
    return known.nameServerAddressStream(hostname);
  }

  private DnsServerAddressStreamProvider read() {
    try {
      return new UnixResolverDnsServerAddressStreamProvider(file.toFile());
    } catch (IOException | IllegalArgumentException e) {
      LOG.debug("{} names no servers", file, e);
      DnsServerAddresses own =
          DnsServerAddresses.singleton(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), DNS));
      return host -> own.stream();
    }
  }
}
