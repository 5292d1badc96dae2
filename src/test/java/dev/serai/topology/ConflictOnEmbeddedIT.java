package dev.serai.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.support.SeraiApp;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConflictOnEmbeddedIT extends ConflictContract {
  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded");
  }

  @Test
  void a_binding_to_an_exchange_that_could_not_be_declared_is_shown_with_the_reason()
      throws Exception {
    start("before", text -> text).close();

    try (SeraiApp serai = start("after", text -> text.replace("$conflict.in", "$conflict.fine"))) {
      JsonNode topology = topology(serai);
      assertThat(part(topology, "exchanges", name + ".fine").path("state").asText())
          .isEqualTo("conflict");
      JsonNode binding = topology.at("/bindings/0");
      assertThat(binding.path("state").asText()).isEqualTo("conflict");
      assertThat(binding.path("problem").asText())
          .startsWith("topology-conflict: the binding of %s.work to %s.fine".formatted(name, name));
    }
  }
}
