package dev.serai.packs.debias;

import dev.serai.support.SeraiProcess;
import dev.serai.support.Sidecar;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The embedded broker dies with its process, so a caller may get no answer at all. */
@SuppressWarnings("NullAway.Init") // started by the test
class KilledBrokerOnEmbeddedIT extends KilledBrokerContract {
  private SeraiProcess process;

  @Override
  Sidecar start(Path data) {
    Map<String, String> settings = new LinkedHashMap<>(SETTINGS);
    settings.put("serai.broker.mode", "embedded");
    process = SeraiProcess.start(data, settings);
    return process;
  }

  @Override
  void kill() {
    process.kill();
  }

  @Override
  void restart() {
    process.restart();
  }

  @Override
  Set<String> refusals() {
    return Set.of(EventLoad.LATER, EventLoad.CUT_OFF);
  }
}
