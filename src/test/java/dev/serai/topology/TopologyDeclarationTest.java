package dev.serai.topology;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.RETURNS_DEFAULTS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.serai.broker.ConnectionState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mock.env.MockEnvironment;

class TopologyDeclarationTest {
  private final Channel published = mock(Channel.class);
  private final Channel consumed = mock(Channel.class);
  private final Connection publisher = open(published);
  private final Connection consumer = open(consumed);
  private final CachingConnectionFactory consumers =
      new CachingConnectionFactory(
          mock(
              ConnectionFactory.class,
              call ->
                  call.getMethod().getReturnType() == Connection.class
                      ? consumer
                      : RETURNS_DEFAULTS.answer(call)));
  private final Topologies files =
      new LoadedTopologies(
          new TreeMap<>(
              Map.of(
                  "topology.yaml",
                  "exchanges:\n  x: {type: fanout}\n".getBytes(StandardCharsets.UTF_8))),
          new MockEnvironment());
  private final InstanceQueues instances =
      new InstanceQueues(
          files,
          consumers,
          new StaticListableBeanFactory().getBeanProvider(NewInstanceQueue.class));
  private final TopologyDeclaration declaration =
      new TopologyDeclaration(files, mock(ConnectionState.class), instances, consumers);

  private static Connection open(Channel channel) {
    Connection connection = mock(Connection.class);
    try {
      when(connection.openChannel()).thenReturn(Optional.of(channel));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    when(connection.isOpen()).thenReturn(true);
    when(channel.isOpen()).thenReturn(true);
    return connection;
  }

  @AfterEach
  void end() {
    instances.destroy();
    consumers.destroy();
  }

  @Test
  void consumers_declare_nothing_beside_a_publisher_that_has() throws Exception {
    declaration.declareOn(publisher);

    consumers.createConnection();

    verifyDeclared(published, true);
    verifyDeclared(consumed, false);
  }

  @Test
  void consumers_declare_what_nobody_has() throws Exception {
    consumers.createConnection();

    verifyDeclared(consumed, true);
  }

  @Test
  void consumers_declare_again_when_the_publisher_has_lost_the_broker() throws Exception {
    declaration.declareOn(publisher);
    when(publisher.isOpen()).thenReturn(false);

    consumers.createConnection();

    verifyDeclared(consumed, true);
  }

  private static void verifyDeclared(Channel channel, boolean declared) throws IOException {
    (declared ? verify(channel) : verify(channel, never()))
        .exchangeDeclare(eq("x"), eq("fanout"), eq(true), anyBoolean(), any());
  }
}
