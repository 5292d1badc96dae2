package dev.serai.javadsl;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Lets a builder describe its routes in a context that never starts, for a limited time.
 *
 * @param name of its class
 * @param longest time it may take
 */
record TrialRun(String name, Duration longest) {

  /** What does not end cannot be ended either, but must not take the whole machine. */
  private static final Semaphore RUNNING = new Semaphore(3);

  RouteOutline outline(RouteBuilder builder) throws BadJavaException {
    FutureTask<RouteOutline> work = new FutureTask<>(() -> configured(builder));
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } finally {
                RUNNING.release();
              }
            },
            "serai-configure-" + name);
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
    if (!isFree()) {
      throw BadJavaException.badJava(
          "configure() of earlier versions has not ended yet",
          "restart Serai, with files that only describe routes there");
    }
    thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    thread.start();
    try {
      return work.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      work.cancel(true);
      throw BadJavaException.badJava(
          "configure() has not ended after %d ms".formatted(longest.toMillis()),
          "only describe routes there");
    } catch (ExecutionException e) {
      throw new BadJavaException(List.of(mistake(e.getCause() == null ? e : e.getCause())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Serai stops", e);
    }
  }

  private boolean isFree() {
    try {
      return RUNNING.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Serai stops", e);
    }
  }

  private static RouteOutline configured(RouteBuilder builder) throws Exception {
    DefaultCamelContext camel = new DefaultCamelContext(false);
    camel.disableJMX();
    camel.build();
    camel.setSourceLocationEnabled(true);
    try {
      List<Object> found = new ArrayList<>();
      if (builder instanceof RouteConfigurationBuilder policies) {
        policies.setCamelContext(camel);
        policies.configuration();
        found.addAll(policies.getRouteConfigurationCollection().getRouteConfigurations());
      }
      found.addAll(builder.configureRoutes(camel).getRoutes());
      found.addAll(builder.getRestCollection().getRests());
      Optional.ofNullable(builder.getRestConfiguration()).ifPresent(found::add);
      found.addAll(builder.getRouteTemplateCollection().getRouteTemplates());
      return new RouteOutline(
          found.stream().flatMap(definition -> ModelTree.element(definition).stream()).toList());
    } finally {
      camel.stop();
    }
  }

  private BadJavaException.Mistake mistake(Throwable failure) {
    int line = 1;
    for (StackTraceElement at : failure.getStackTrace()) {
      if (at.getClassName().replaceFirst("^.*\\.", "").replaceFirst("\\$.*", "").equals(name)) {
        line = at.getLineNumber();
        break;
      }
    }
    return new BadJavaException.Mistake(
        "bad-java",
        Math.max(1, line),
        1,
        "configure() fails: " + String.valueOf(failure).strip().replaceAll("\\s*\\R\\s*", " "),
        "mend the Java at this place");
  }
}
