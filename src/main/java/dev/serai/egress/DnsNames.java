package dev.serai.egress;

import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Asks {@code /etc/hosts} and the servers of {@code /etc/resolv.conf}, without a thread that waits:
 * a name whose servers are silent would hold up the others.
 */
final class DnsNames implements Names {
  private static final int LONGEST_KEPT_SECONDS = 60;

  private final DnsNameResolver resolver;

  /** Answers come on this loop. */
  DnsNames(EventLoop loop) {
    this(
        new DnsNameResolverBuilder(loop)
            .nameServerProvider(new NameServers(Path.of("/etc/resolv.conf"))));
  }

  DnsNames(DnsNameResolverBuilder builder) {
    this.resolver =
        builder
            .datagramChannelType(NioDatagramChannel.class)
            .socketChannelType(NioSocketChannel.class) // for long answers
            .ttl(1, LONGEST_KEPT_SECONDS)
            .consolidateCacheSize(1000) // one question for all that ask the same at once
            .build();
  }

  @Override
  public CompletionStage<List<InetAddress>> resolve(String host) {
    CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
    resolver
        .resolveAll(host)
        .addListener(
            (Future<List<InetAddress>> found) -> {
              if (found.isSuccess()) {
                answer.complete(found.getNow());
              } else {
                answer.completeExceptionally(found.cause());
              }
            });
    return answer;
  }
}
