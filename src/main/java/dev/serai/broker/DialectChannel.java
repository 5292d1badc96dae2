package dev.serai.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/** One channel to the embedded broker: hands to the {@link Dialect} what needs translation. */
@NullUnmarked
final class DialectChannel implements InvocationHandler {
  private final Channel channel;
  private final Dialect dialect;

  DialectChannel(Channel channel, Dialect dialect) {
    this.channel = channel;
    this.dialect = dialect;
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    return switch (method.getName()) {
      case "equals" -> proxy == arguments[0];
      case "basicPublish" -> {
        refuseExpiration(arguments);
        yield pass(method, arguments);
      }
      case "queueDeclare" -> arguments == null ? pass(method, null) : declareQueue(arguments);
      case "queueDeclarePassive" ->
          dialect.withReadyMessages((AMQP.Queue.DeclareOk) pass(method, arguments));
      case "messageCount" ->
          (long)
              dialect
                  .withReadyMessages(channel.queueDeclarePassive((String) arguments[0]))
                  .getMessageCount();
      case "queueDeclareNoWait" -> {
        declareQueue(arguments);
        yield null;
      }
      case "exchangeDeclare", "exchangeDeclareNoWait" -> declareExchange(method, arguments);
      case "queueDelete", "queueDeleteNoWait" ->
          dialect.isMissing((String) arguments[0])
              ? new AMQP.Queue.DeleteOk.Builder().messageCount(0).build()
              : dialect.delete((String) arguments[0], () -> call(method, arguments));
      case "exchangeDelete", "exchangeDeleteNoWait" ->
          dialect.isMissing((String) arguments[0])
              ? new AMQP.Exchange.DeleteOk.Builder().build()
              : dialect.delete((String) arguments[0], () -> call(method, arguments));
      case "exchangeBind" -> bind(arguments, true);
      case "exchangeUnbind" -> {
        bind(arguments, false);
        yield new AMQP.Exchange.UnbindOk.Builder().build();
      }
      case "exchangeBindNoWait", "exchangeUnbindNoWait" ->
          throw new UnsupportedOperationException(
              "exchange-binding: the embedded broker binds an exchange only with an answer");
      default -> pass(method, arguments);
    };
  }

  private AMQP.Exchange.BindOk bind(Object[] arguments, boolean bound) throws IOException {
    return dialect.bindExchange(
        channel, (String) arguments[0], (String) arguments[1], (String) arguments[2], bound);
  }

  private Object declareExchange(Method method, Object[] arguments) throws IOException {
    ExchangeDeclaration wanted = ExchangeDeclaration.ofCall(arguments);
    wanted.translate(arguments);
    return dialect.declareExchange(channel, wanted, () -> call(method, arguments));
  }

  @SuppressWarnings("unchecked")
  private AMQP.Queue.DeclareOk declareQueue(Object[] arguments) throws IOException {
    Map<String, Object> given = (Map<String, Object>) arguments[4];
    return dialect.declareQueue(
        channel,
        (String) arguments[0],
        new QueueDeclaration(
            (boolean) arguments[1],
            (boolean) arguments[2],
            (boolean) arguments[3],
            given == null ? Map.of() : given));
  }

  /** It stays on the message when it is dead-lettered, which then expires in its next queue. */
  private static void refuseExpiration(Object[] arguments) {
    AMQP.BasicProperties properties = (AMQP.BasicProperties) arguments[arguments.length - 2];
    if (properties != null && properties.getExpiration() != null) {
      throw new IllegalArgumentException(
          "message-expiration: the embedded broker would lose a message with an expiration of its own; give the queue an x-message-ttl, or use RabbitMQ");
    }
  }

  private Object call(Method method, Object[] arguments) throws IOException {
    try {
      return pass(method, arguments);
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException(e);
    }
  }

  private Object pass(Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(channel, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
