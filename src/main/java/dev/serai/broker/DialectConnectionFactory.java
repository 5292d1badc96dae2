package dev.serai.broker;

import com.rabbitmq.client.AddressResolver;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.impl.NetworkConnection;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.NullUnmarked;

/**
 * Connects to the embedded broker and lets callers speak to it as to RabbitMQ: the channels of its
 * connections translate.
 */
final class DialectConnectionFactory extends ConnectionFactory {
  private final Dialect dialect;

  DialectConnectionFactory(Dialect dialect) {
    this.dialect = dialect;
  }

  @Override
  @NullUnmarked
  public Connection newConnection(ExecutorService executor, AddressResolver addresses, String name)
      throws IOException, TimeoutException {
    Connection connection = super.newConnection(executor, addresses, name);
    InvocationHandler calls =
        (proxy, method, arguments) -> {
          if (method.getName().equals("equals")) {
            return proxy == arguments[0];
          }
          try {
            Object result = method.invoke(connection, arguments);
            if (result instanceof Channel channel) {
              return translated(channel);
            }
            return result instanceof Optional<?> channel
                ? channel.map(Channel.class::cast).map(this::translated)
                : result;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return (Connection)
        Proxy.newProxyInstance(
            DialectConnectionFactory.class.getClassLoader(),
            new Class<?>[] {Connection.class, NetworkConnection.class},
            calls);
  }

  private Channel translated(Channel channel) {
    return (Channel)
        Proxy.newProxyInstance(
            DialectConnectionFactory.class.getClassLoader(),
            new Class<?>[] {Channel.class},
            new DialectChannel(channel, dialect));
  }
}
