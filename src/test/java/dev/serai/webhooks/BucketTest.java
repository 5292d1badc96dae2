package dev.serai.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BucketTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private long now = -5; // System.nanoTime may begin anywhere

  @Test
  void lets_the_first_through_at_once_and_the_others_evenly() {
    Bucket bucket = new Bucket(4, now);
    assertThat(bucket.take(4, now)).isZero();

    long wait = bucket.take(4, now);

    assertThat(wait).isEqualTo(SECOND / 4);
    now += wait - 1;
    assertThat(bucket.take(4, now)).isPositive();
    now += 1;
    assertThat(bucket.take(4, now)).isZero();
  }

  @Test
  void lets_no_more_through_in_a_minute_than_its_rate_and_no_less() {
    Bucket bucket = new Bucket(7, now);
    long end = now + 60 * SECOND;
    int through = 0;

    while (now < end) {
      long wait = bucket.take(7, now);
      through += wait == 0 ? 1 : 0;
      now += wait;
    }

    assertThat(through).isBetween(7 * 60, 7 * 60 + 1);
  }

  @Test
  void makes_up_for_a_tenth_of_a_second_after_a_pause_and_for_no_more() {
    Bucket bucket = new Bucket(100, now);
    now += 3600 * SECOND;
    int through = 0;

    while (bucket.take(100, now) == 0) {
      through++;
    }

    assertThat(through).isEqualTo(10);
  }

  @Test
  void follows_another_rate_from_the_next_one_on() {
    Bucket bucket = new Bucket(1, now);
    bucket.take(1, now);

    assertThat(bucket.take(10, now)).isEqualTo(SECOND / 10);
    now += SECOND / 10;
    assertThat(bucket.take(10, now)).isZero();
  }
}
