package dev.serai.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.health.HealthCheck.Result;
import dev.serai.health.HealthCheck.Status;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;

class HealthTest {

  @Test
  void the_whole_is_as_bad_as_its_worst_check() {
    Health health =
        healthOf(
            new Result("rabbitmq", Status.Degraded, "no connection"),
            new Result("database", Status.Healthy, "H2"));

    assertThat(health.ready().status()).isEqualTo(Status.Degraded);
    assertThat(health.ready().checks())
        .extracting(Result::name)
        .containsExactly("database", "rabbitmq");
  }

  @Test
  void the_process_is_live_whatever_a_check_says() {
    Health health = healthOf(new Result("rabbitmq", Status.Unhealthy, "no connection"));

    assertThat(health.live().status()).isEqualTo(Status.Healthy);
    assertThat(health.ready().status()).isEqualTo(Status.Unhealthy);
  }

  @Test
  void start_up_is_not_done_before_the_application_says_so() {
    assertThat(healthOf().startup().status()).isEqualTo(Status.Unhealthy);
  }

  @Test
  void start_up_names_what_was_left_out_and_no_broker() {
    Result left = new Result("route-files", Status.Degraded, "Left out: a.camel.yaml");
    StaticListableBeanFactory beans = new StaticListableBeanFactory();
    beans.addBean("route-files", new OfStart(left));
    beans.addBean(
        "rabbitmq", (HealthCheck) () -> new Result("rabbitmq", Status.Unhealthy, "no connection"));
    ApplicationAvailabilityBean availability = new ApplicationAvailabilityBean();
    availability.onApplicationEvent(
        new AvailabilityChangeEvent<>(this, ReadinessState.ACCEPTING_TRAFFIC));

    Health health = new Health(beans.getBeanProvider(HealthCheck.class), availability);

    assertThat(health.startup()).isEqualTo(new Health.Report(Status.Degraded, List.of(left)));
  }

  private record OfStart(Result check) implements HealthCheck {
    @Override
    public boolean tellsOfStart() {
      return true;
    }
  }

  private static Health healthOf(Result... results) {
    StaticListableBeanFactory beans = new StaticListableBeanFactory();
    for (Result result : List.of(results)) {
      beans.addBean(result.name(), (HealthCheck) () -> result);
    }
    return new Health(beans.getBeanProvider(HealthCheck.class), new ApplicationAvailabilityBean());
  }
}
