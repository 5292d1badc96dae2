package dev.serai.routetests;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.target.EmptyTargetSource;

/**
 * Answers for the methods of one bean as a test says, and notes what they got.
 *
 * @param name of the bean
 */
record BeanStub(String name, Recording recording, Answers answers, Failures failures)
    implements MethodInterceptor {

  /** Something that routes take for the bean; its constructor does not run. */
  static Object of(
      String name, Class<?> type, Recording recording, Answers answers, Failures failures) {
    ProxyFactory proxies = new ProxyFactory();
    proxies.setTargetSource(EmptyTargetSource.forClass(type));
    proxies.setProxyTargetClass(true);
    proxies.addAdvice(new BeanStub(name, recording, answers, failures));
    return proxies.getProxy(type.getClassLoader());
  }

  @Override
  public @Nullable Object invoke(MethodInvocation call) throws Throwable {
    Method method = call.getMethod();
    if (method.getDeclaringClass() == Object.class) {
      return ofObject(call);
    }
    String called = name + "." + method.getName();
    ObjectNode seen = JsonNodeFactory.instance.objectNode();
    seen.set(
        "arguments",
        Tree.of(Arrays.stream(call.getArguments()).filter(a -> !(a instanceof Exchange)).toList()));
    recording.add(Recording.Kind.CALL, called, seen);
    Answer answer = answers.next(called).orElse(null);
    if (answer == null) {
      recording.addUnanswered(called);
      throw new IllegalStateException(
          "the test has no answer of %s; write it below given: beans:".formatted(called));
    }
    if (!answer.delay().isZero()) {
      TimeUnit.MILLISECONDS.sleep(answer.delay().toMillis());
    }
    boolean later = CompletableFuture.class.isAssignableFrom(method.getReturnType());
    if (answer.failure().isPresent()) {
      Throwable failure = failures.make(answer.failure().get());
      if (later) {
        return CompletableFuture.failedFuture(failure);
      }
      throw failure;
    }
    JavaType type = Tree.JSON.constructType(method.getGenericReturnType());
    return later
        ? CompletableFuture.completedFuture(value(answer, type.containedTypeOrUnknown(0)))
        : value(answer, type);
  }

  private static @Nullable Object value(Answer answer, JavaType type) {
    Object plain = answer.value().map(Part::plain).orElse(null);
    if (type.hasRawClass(byte[].class) && plain instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    if (type.hasRawClass(void.class) || type.hasRawClass(Object.class)) {
      return plain;
    }
    return Tree.JSON.convertValue(plain, type);
  }

  private @Nullable Object ofObject(MethodInvocation call) {
    return switch (call.getMethod().getName()) {
      case "equals" -> call.getArguments()[0] == ((ProxyMethodInvocation) call).getProxy();
      case "hashCode" -> name.hashCode();
      default -> "the stub of " + name;
    };
  }
}
