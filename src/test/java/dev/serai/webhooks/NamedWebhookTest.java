package dev.serai.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.serai.store.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events for one webhook that a route names. */
@SuppressWarnings("NullAway.Init") // made before each test
class NamedWebhookTest extends StoredWebhooks {
  private Intake intake;

  @Override
  TestStore open(Path data) {
    return TestStore.onH2(data);
  }

  @BeforeEach
  void make_the_intake() {
    Calls calls = mock(Calls.class);
    when(calls.lease()).thenReturn(LEASE);
    when(calls.schedule(any())).thenReturn(new Schedule(List.of(Duration.ZERO), 0));
    intake =
        new Intake(
            messages, store.transactions(), new Directory(endpoints), mock(Deliverer.class), calls);
  }

  @Test
  void one_that_is_not_there_fails_so_that_the_policy_of_the_route_keeps_the_event() {
    String id = add();
    endpoints.remove(id);

    assertThatIllegalStateException()
        .isThrownBy(() -> intake.take(List.of(event("m1", "{}")), id))
        .withMessageStartingWith("no-such-webhook: ")
        .withMessageContaining(id);
  }

  @Test
  void one_that_is_disabled_for_its_failures_has_it_stored() {
    String id = add();
    conditions.disable(id, Endpoint.Reason.FAILING);

    intake.take(List.of(event("m1", "{}")), id);

    assertThat(state("m1")).isEqualTo("pending 0");
  }

  @Test
  void one_that_its_owner_has_disabled_has_missed_it() {
    String id = add();
    conditions.disable(id, Endpoint.Reason.GONE);

    assertThatCode(() -> intake.take(List.of(event("m1", "{}")), id)).doesNotThrowAnyException();
  }

  @Test
  void what_can_be_no_id_is_refused_with_the_route() {
    WebhookComponent component = new WebhookComponent(intake);

    for (String target : List.of("-".repeat(36), "a".repeat(36), "some")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> component.createEndpoint("webhook:x", target, Map.of()))
          .withMessageStartingWith("bad-webhook-target: ");
    }
  }
}
