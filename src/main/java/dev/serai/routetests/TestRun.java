package dev.serai.routetests;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.springframework.core.env.ConfigurableEnvironment;

/** Runs one test on a stage of its own. */
final class TestRun {
  private final Prepared prepared;
  private final RouteTest test;
  private final ConfigurableEnvironment values;
  private final Known known;
  private final Recording recording = new Recording();

  TestRun(Prepared prepared, ConfigurableEnvironment values, Known known) {
    this.prepared = prepared;
    this.test = prepared.test();
    this.values = values;
    this.known = known;
  }

  /**
   * Runs it once.
   *
   * @param file as a person sees it
   * @param longest time it may take
   */
  TestResult result(String file, Duration longest) {
    List<String> differences = new ArrayList<>();
    ExecutorService thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread made = new Thread(work, "route-test");
              made.setDaemon(true);
              return made;
            });
    Future<List<Mismatch>> run = thread.submit(this::run);
    try {
      run.get(longest.toMillis(), TimeUnit.MILLISECONDS)
          .forEach(m -> differences.add(m.toString()));
    } catch (TimeoutException e) {
      differences.add("  it did not end within %d s".formatted(longest.toSeconds()));
    } catch (ExecutionException e) {
      differences.add("  it could not be run (./serai check may say more): " + cause(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      differences.add("  it was interrupted");
    } finally {
      thread.shutdownNow();
    }
    return new TestResult(
        file,
        test.name(),
        test.at().place(),
        differences,
        recording.events().stream().map(Recording.Event::toString).toList(),
        recording.routes(),
        test.isOfFailure());
  }

  /** What Camel says is long; the first cause says it best. */
  private static String cause(Throwable failure) {
    Throwable first = failure;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    String outer = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    return first.getCause() == failure.getCause()
        ? outer
        : outer + System.lineSeparator() + "  because: " + first;
  }

  private List<Mismatch> run() throws Exception {
    Answers answers = new Answers(test.given().endpoints());
    Answers ofBeans = new Answers(test.given().beans());
    try (ApplicationBeans beans =
        new ApplicationBeans(
            values,
            known.beans(),
            (name, type) -> BeanStub.of(name, type, recording, ofBeans, prepared.failures()))) {
      for (String called : test.given().beans().keySet()) {
        String name = called.substring(0, called.indexOf('.'));
        known.type(name).ifPresent(type -> beans.replace(name, type));
      }
      List<Mismatch> mismatches = new ArrayList<>();
      try (Stage stage = new Stage(prepared, beans, recording, answers, known)) {
        mismatches.addAll(play(stage, beans));
      }
      if (mismatches.isEmpty()
          && prepared.beside().hasInputs()
          && prepared.beside().ids().stream().noneMatch(recording.routes()::contains)) {
        mismatches.add(
            new Mismatch(
                test.at().place(),
                "send",
                "a route of " + prepared.beside().path() + " is used",
                "only " + recording.routes()));
      }
      return mismatches;
    }
  }

  private List<Mismatch> play(Stage stage, ApplicationBeans beans) throws Exception {
    Courier courier = new Courier(stage, prepared.failures(), recording);
    List<Exchange> ended = List.of();
    int last = test.sends().size() - 1;
    for (int i = 0; i <= last; i++) {
      ended = courier.send(test.sends().get(i), prepared.entries().get(i));
      stage.await();
    }
    stage.close(); // ends well what a route did not wait for
    noteDropped(beans);
    return new Evaluation(test.expect(), recording)
        .of(test.sends().get(last), prepared.entries().get(last), ended);
  }

  private void noteDropped(ApplicationBeans beans) {
    for (Counter counter : beans.meters().find("serai.discarded").counters()) {
      for (int i = 0; i < counter.count(); i++) {
        recording.add(
            Recording.Kind.DROPPED,
            "dropped",
            JsonNodeFactory.instance
                .objectNode()
                .put("queue", counter.getId().getTag("queue"))
                .put("reason", counter.getId().getTag("reason")));
      }
    }
  }
}
