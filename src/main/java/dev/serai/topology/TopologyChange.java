package dev.serai.topology;

import com.rabbitmq.client.Connection;
import dev.serai.broker.ConnectionState;
import dev.serai.topology.Topologies.BindingSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.stereotype.Component;

/** Changes the exchanges and queues while Serai runs. */
@Component
public class TopologyChange {
  private static final Logger LOG = LoggerFactory.getLogger(TopologyChange.class);

  private final LiveTopologies live;
  private final ConnectionState state;
  private final InstanceQueues instances;
  private final CachingConnectionFactory connections;

  TopologyChange(
      LiveTopologies live,
      ConnectionState state,
      InstanceQueues instances,
      CachingConnectionFactory connections) {
    this.live = live;
    this.state = state;
    this.instances = instances;
    this.connections = connections;
  }

  /** What is in use. */
  public LoadedTopologies current() {
    return live.current();
  }

  /**
   * Declares what is new and uses it from now on; {@link #keep} or {@link #backTo} must follow. A
   * queue that is no longer in a file stays on the broker with its messages, a binding until then.
   * While the broker is away nothing is declared; all is when it comes.
   *
   * @return what the broker refuses, each with what to do; then nothing else was declared and the
   *     old topology is still in use
   */
  public List<String> to(LoadedTopologies next) {
    List<String> refused = state.connected() ? declared(next) : List.of();
    if (refused.isEmpty()) {
      live.use(next);
    }
    return refused;
  }

  /** Removes the bindings that only the topology before had. */
  public void keep(LoadedTopologies before) {
    unbind(before, live.current().bindings());
  }

  /** Uses what was in use before; exchanges and queues of the other one stay on the broker. */
  public void backTo(LoadedTopologies before) {
    LoadedTopologies left = live.current();
    live.use(before);
    unbind(left, before.bindings());
  }

  private void unbind(LoadedTopologies files, List<BindingSpec> needed) {
    List<BindingSpec> all = files.bindings();
    if (needed.containsAll(all) || !state.connected()) {
      return;
    }
    try (Declaring declaring =
        new Declaring(connection(), Map.of(), instances.names(files), new HashSet<>())) {
      bindings(needed, all, declaring::unbind);
    } catch (IOException | UncheckedIOException | AmqpException e) {
      LOG.warn("The broker went away; a binding that is in no file any more stays", e);
    }
  }

  private List<String> declared(LoadedTopologies next) {
    LoadedTopologies before = live.current();
    Set<String> lacking = new HashSet<>();
    try (Declaring declaring =
        new Declaring(connection(), Map.of(), instances.names(next), lacking)) {
      // What the broker knows in another form may be refused, so it is asked for first.
      changed(before.exchanges(), next.exchanges(), true, declaring::exchange);
      changed(before.queues(), next.queues(), true, declaring::queue);
      if (declaring.refused().isEmpty()) {
        changed(before.exchanges(), next.exchanges(), false, declaring::exchange);
        changed(before.queues(), next.queues(), false, declaring::queue);
        bindings(before.bindings(), next.bindings(), declaring::bind);
      }
      return declaring.refused().values().stream().sorted().toList();
    } catch (IOException | UncheckedIOException | AmqpException e) {
      LOG.info("The broker went away; what is new is declared when it comes", e);
      return next.exchanges().values().stream() // unless it has ended the connection over these
          .filter(exchange -> lacking.contains(exchange.type()))
          .map(exchange -> ConflictText.lacking(exchange.name(), exchange.type()))
          .sorted()
          .toList();
    }
  }

  private Connection connection() throws IOException {
    Connection connection = connections.createConnection().getDelegate();
    if (connection == null) {
      throw new IOException("The connection was closed");
    }
    return connection;
  }

  private static <T> void changed(
      Map<String, T> before, Map<String, T> next, boolean known, Consumer<T> declare) {
    next.forEach(
        (name, spec) -> {
          if (before.containsKey(name) == known && !spec.equals(before.get(name))) {
            declare.accept(spec);
          }
        });
  }

  private static void bindings(
      List<BindingSpec> before, List<BindingSpec> next, Consumer<BindingSpec> change) {
    next.stream().filter(binding -> !before.contains(binding)).forEach(change);
  }
}
