package dev.serai.routetests;

import java.util.ArrayList;
import java.util.List;

/**
 * One test of a file.
 *
 * @param name a sentence that says what is promised
 * @param at where it is written
 * @param given what surrounds the routes
 * @param sends what is sent, in order
 * @param expect what must have happened afterwards
 */
record RouteTest(String name, Part at, Given given, List<Send> sends, Expectations expect) {

  static RouteTest read(String name, Part part, Given shared) {
    part.allow(List.of("given", "send", "expect"));
    List<Send> sends = new ArrayList<>();
    part.part("send")
        .ifPresentOrElse(
            send -> send.items().forEach(item -> sends.add(Send.read(item))),
            () -> part.refuse("missing-key", "the test sends nothing", "add send:"));
    if (part.part("expect").isEmpty()) {
      part.refuse(
          "missing-key", "the test expects nothing", "add expect:, {} when nothing happens");
    }
    return new RouteTest(
        name,
        part,
        Given.read(part.mapping("given")).over(shared),
        sends,
        part.part("expect").map(Expectations::read).orElseGet(() -> new Expectations(part)));
  }

  /** Whether the test is about something that goes wrong. */
  boolean isOfFailure() {
    return given.hasFailure()
        || expect.isOfFailure()
        || sends.stream().anyMatch(send -> send.caught().isPresent());
  }
}
