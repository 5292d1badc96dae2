package dev.serai.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.resolver.dns.DnsServerAddressStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameServersTest {
  @TempDir private Path folder;

  @Test
  void those_of_the_file_are_asked() throws Exception {
    Path file = folder.resolve("resolv.conf");
    Files.writeString(file, "search a.example\nnameserver 127.0.0.5\nnameserver 127.0.0.6\n");

    assertThat(asked(file)).containsExactly("127.0.0.5:53", "127.0.0.6:53");
  }

  @Test
  void without_a_file_nobody_is_asked_but_this_machine() {
    assertThat(asked(folder.resolve("none"))).containsExactly("127.0.0.1:53");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "search a.example\n", "# nameserver 8.8.8.8\n", "nameserver what\n"})
  void a_file_that_names_none_is_like_no_file(String text) throws Exception {
    Path file = folder.resolve("resolv.conf");
    Files.writeString(file, text);

    assertThat(asked(file)).containsExactly("127.0.0.1:53");
  }

  private static List<String> asked(Path file) {
    DnsServerAddressStream stream = new NameServers(file).nameServerAddressStream("a.example");
    List<String> servers = new ArrayList<>();
    for (int i = 0; i < stream.size(); i++) {
      InetSocketAddress server = stream.next();
      servers.add(server.getAddress().getHostAddress() + ":" + server.getPort());
    }
    return servers;
  }
}
