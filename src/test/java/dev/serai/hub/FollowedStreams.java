package dev.serai.hub;

import dev.serai.hub.StreamClient.Event;
import dev.serai.hub.StreamClient.Stream;
import dev.serai.support.SeraiApp;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running Serai, and who follows its topics. */
interface FollowedStreams {
  Duration LONG = Duration.ofSeconds(60);

  /** The process. */
  SeraiApp serai();

  /** Who follows. */
  StreamClient clients();

  /** Its hub. */
  Hub hub();

  /** Keeps an update for all; returns its id. */
  default String publish(String topic, String data) throws Exception {
    return publish(Update.of(topic, data));
  }

  /** Keeps an update; returns its id. */
  default String publish(Update update) throws Exception {
    return hub().publish(Channel.SSE, update, null).get(20, TimeUnit.SECONDS);
  }

  /** What a client was told. */
  default List<String> data(Stream stream) {
    return stream.events().stream().map(Event::data).toList();
  }
}
