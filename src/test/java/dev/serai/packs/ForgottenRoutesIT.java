package dev.serai.packs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;
import org.apache.camel.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Serai whose routes are edited all day keeps nothing of those that are no more. */
class ForgottenRoutesIT {
  private static final int EDITS = 20;
  private static final List<String> FILES =
      List.of(EditContract.TAKE, EditContract.PING, EditContract.COUNT);
  private static final List<String> ROUTES =
      List.of("swap-take", "swap-ping", "swap-count", "swap-count:1");

  @Test
  void a_route_that_was_replaced_can_be_forgotten(@TempDir Path folder) throws Exception {
    try (EditedSerai edited = new EditedSerai(folder, Map.of("serai.broker.mode", "embedded"))) {
      edited.write(KameletReloadIT.KAMELET, KameletReloadIT.STAMP);
      edited.edit(
          EditContract.COUNT,
          text ->
              text.replace(
                  "steps:",
                  "steps:\n        - kamelet: {name: swap-stamp, parameters: {text: mark}}"));
      edited.apply();
      List<WeakReference<Route>> replaced = new ArrayList<>();
      int beans = beans();
      for (int i = 0; i < EDITS; i++) {
        ROUTES.forEach(id -> replaced.add(new WeakReference<>(edited.camel().getRoute(id))));
        for (String file : FILES) {
          edited.edit(file, text -> text + "# again\n");
        }
        edited.apply();
        assertThat(edited.header("edition")).isEqualTo("first");
        assertThat(edited.serai().post("/swap/ping", "{}").body()).isEqualTo("first");
      }

      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                System.gc();
                assertThat(replaced).filteredOn(route -> route.get() != null).isEmpty();
              });
      assertThat(beans()).isEqualTo(beans);
    }
  }

  /** Camel's JMX beans of this pack; there are some, and no more after an edit. */
  private static int beans() throws Exception {
    int found =
        ManagementFactory.getPlatformMBeanServer()
            .queryNames(new ObjectName("org.apache.camel:type=routes,name=\"swap-*\",*"), null)
            .size();
    assertThat(found).isPositive();
    return found;
  }
}
