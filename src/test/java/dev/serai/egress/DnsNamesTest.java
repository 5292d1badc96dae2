package dev.serai.egress;

import static dev.serai.egress.Calls.answer;
import static dev.serai.egress.Calls.failure;
import static dev.serai.egress.Calls.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Names, asked over UDP: those that begin with {@code none} have no address. */
class DnsNamesTest {
  private final AtomicInteger asked = new AtomicInteger();
  private DatagramSocket server;
  private volatile byte[] address = {127, 0, 0, 2};
  private volatile int seconds = 60;

  @BeforeEach
  void listen() throws IOException {
    server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "dns");
    thread.setDaemon(true);
    thread.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void serve() {
    DatagramPacket packet = new DatagramPacket(new byte[512], 512);
    while (!server.isClosed()) {
      try {
        server.receive(packet);
        byte[] reply = reply(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
        server.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
      } catch (IOException e) {
        // closed: nobody asks any more
      }
    }
  }

  /** Its question, with the address when that is what it asks for. */
  private byte[] reply(ByteBuffer question) {
    int end = 12; // after the header: labels, each with its length
    while (question.get(end) != 0) {
      end += question.get(end) + 1;
    }
    boolean none = question.get(13) == 'n';
    boolean found = question.getShort(end + 1) == 1 && !none; // 1: an IPv4 address
    if (found) {
      asked.incrementAndGet();
    }
    ByteBuffer reply = ByteBuffer.allocate(end + 5 + (found ? 16 : 0));
    reply.putShort(question.getShort(0)).putShort((short) (none ? 0x8183 : 0x8180));
    reply.putShort((short) 1).putShort((short) (found ? 1 : 0)).putInt(0);
    reply.put(question.array(), 12, end + 5 - 12);
    if (found) { // the same name, an IPv4 address, for so long, four bytes
      reply.putShort((short) 0xc00c).putInt(0x10001).putInt(seconds);
      reply.putShort((short) 4).put(address);
    }
    return reply.array();
  }

  @Test
  void a_name_that_leads_elsewhere_at_the_next_look_up_is_not_followed_there() throws Exception {
    try (Receiver receiver = new Receiver("127.0.0.2", 0, request -> request.response().end());
        Egress egress = egress()) {
      EgressRequest request = post("http://rebinding.example:" + receiver.port());
      seconds = 0;

      assertThat(answer(egress.call(request)).address()).isEqualTo("127.0.0.2");
      assertThat(asked).hasValue(1);

      address = new byte[] {(byte) 169, (byte) 254, (byte) 169, (byte) 254};
      String other = "http://other.example:" + receiver.port();
      assertThat(failure(egress.call(post(other)))).hasMessageContaining("169.254.169.254");
    }
  }

  @Test
  void an_answer_is_kept_for_as_long_as_it_says() throws Exception {
    try (Receiver receiver = new Receiver("127.0.0.2", 0, request -> request.response().end());
        Egress egress = egress()) {
      EgressRequest request = post("http://hooks.example:" + receiver.port());

      answer(egress.call(request));
      answer(egress.call(request));

      assertThat(asked).hasValue(1);
    }
  }

  @Test
  void a_name_without_an_address_is_unresolved() throws Exception {
    try (Egress egress = egress()) {
      EgressException failure = failure(egress.call(post("http://none.example/")));

      assertThat(failure.code()).isEqualTo("unresolved");
      assertThat(failure).hasMessageContaining("none.example");
    }
  }

  private Egress egress() {
    return new Egress(List.of("127.0.0.2"), 1, Line.options(), this::names);
  }

  private Names names(EventLoop loop) {
    InetSocketAddress local = (InetSocketAddress) server.getLocalSocketAddress();
    return new DnsNames(
        new DnsNameResolverBuilder(loop)
            .nameServerProvider(new SingletonDnsServerAddressStreamProvider(local))
            .searchDomains(List.of()));
  }
}
