package dev.serai.delivery;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections that are cut in the place of an ack, as a crash would do. */
final class CutConnections extends ConnectionFactory {
  private final ConnectionFactory broker;
  private final AtomicInteger acks;

  /**
   * @param acks how many come through
   */
  CutConnections(ConnectionFactory broker, int acks) {
    this.broker = broker;
    this.acks = new AtomicInteger(acks);
  }

  @Override
  public Connection newConnection(String name) throws IOException, TimeoutException {
    Connection connection = broker.newConnection(name);
    return proxy(
        Connection.class,
        (method, arguments) ->
            method.getName().equals("createChannel")
                ? channel(connection, (Channel) invoke(connection, method, arguments))
                : invoke(connection, method, arguments));
  }

  private Channel channel(Connection connection, Channel channel) {
    return proxy(
        Channel.class,
        (method, arguments) -> {
          if (method.getName().equals("basicAck") && acks.getAndDecrement() <= 0) {
            connection.abort();
            throw new IOException("the connection was cut");
          }
          return invoke(channel, method, arguments);
        });
  }

  /** Answers a call. */
  private interface Answer {
    Object to(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> answer.to(method, arguments)));
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
