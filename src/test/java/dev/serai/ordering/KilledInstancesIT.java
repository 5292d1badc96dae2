package dev.serai.ordering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import dev.serai.broker.OutgoingMessage;
import dev.serai.broker.Publisher;
import dev.serai.support.RabbitPerClass;
import dev.serai.support.SeraiApp;
import dev.serai.support.SeraiProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Three instances share ten partitions, and are killed at random. */
class KilledInstancesIT {
  private static final boolean LONG = Boolean.getBoolean("serai.test.long");
  private static final int ACCOUNTS = LONG ? 1000 : 100;
  private static final int ENTRIES = 100;
  private static final int KILLS = LONG ? 20 : 2;

  private static final Random CHANCE = new Random();

  @RegisterExtension static final RabbitPerClass RABBIT = new RabbitPerClass();

  @TempDir Path folder;

  @Test
  @Timeout(900)
  void no_key_sees_a_lower_sequence_after_a_higher_one_and_none_is_lost() throws Exception {
    Ledger ledger = new Ledger(folder, ACCOUNTS, ENTRIES);
    Map<String, String> settings = ledger.settings(Map.of("serai.broker.uri", RABBIT.uri()));
    Map<String, String> publishing = new HashMap<>(settings);
    publishing.put("serai.consume", "none");
    try (SeraiApp publisher = SeraiApp.start(folder.resolve("publisher"), publishing)) {
      List<SeraiProcess> instances =
          Stream.of("one", "two", "three")
              .parallel()
              .map(name -> SeraiProcess.start(folder.resolve(name), settings))
              .toList();
      List<SeraiProcess> running = new CopyOnWriteArrayList<>(instances);
      List<CompletableFuture<Void>> restarts = new ArrayList<>();
      int slice = ledger.size() / (KILLS + 1);
      for (int from = 0; from < ledger.size(); from += slice) {
        int to = Math.min(ledger.size(), from + slice);
        publish(publisher.bean(Publisher.class), ledger, from, to);
        awaitWritten(ledger, (from + to) / 2);
        if (restarts.size() < KILLS) {
          await().atMost(120, TimeUnit.SECONDS).until(() -> running.size() > 1);
          SeraiProcess victim = running.remove(CHANCE.nextInt(running.size()));
          victim.kill();
          restarts.add(
              CompletableFuture.runAsync(victim::restart).thenRun(() -> running.add(victim)));
        }
      }
      await().atMost(300, TimeUnit.SECONDS).until(ledger::isFull);
      restarts.forEach(CompletableFuture::join);
      instances.forEach(SeraiProcess::close);
    }

    ledger.assertInOrder();
    assertThat(ledger.writers()).as("processes that have worked").isGreaterThan(1);
  }

  /** At most so many on their way, so that the line of the publisher is not full. */
  private static void publish(Publisher publisher, Ledger ledger, int from, int to) {
    Deque<CompletableFuture<Void>> onTheirWay = new ArrayDeque<>();
    for (int i = from; i < to; i++) {
      AMQP.BasicProperties properties =
          new AMQP.BasicProperties.Builder()
              .messageId(UUID.randomUUID().toString())
              .contentType("application/json")
              .deliveryMode(2)
              .build();
      onTheirWay.add(
          publisher.publish(
              new OutgoingMessage(
                  ledger.name(), "entry", properties, ledger.message(i).getBytes(UTF_8))));
      if (onTheirWay.size() > 500) {
        onTheirWay.remove().join();
      }
    }
    onTheirWay.forEach(CompletableFuture::join);
  }

  private static void awaitWritten(Ledger ledger, long count) {
    await()
        .atMost(300, TimeUnit.SECONDS)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> ledger.written() >= count);
  }
}
