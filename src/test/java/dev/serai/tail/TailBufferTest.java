package dev.serai.tail;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.Envelope;
import org.junit.jupiter.api.Test;

class TailBufferTest {
  @Test
  void what_is_too_much_is_counted_before_the_next_message() throws Exception {
    TailBuffer buffer = new TailBuffer(2, 1000);
    for (int i = 0; i < 5; i++) {
      buffer.offer(message(1));
    }

    assertThat(buffer.next(0).leftOut()).isEqualTo(3);
    assertThat(buffer.next(0).leftOut()).isZero();
    assertThat(buffer.next(0).message()).isNull();
  }

  @Test
  void many_bytes_are_too_much_too_but_one_message_is_always_taken() throws Exception {
    TailBuffer buffer = new TailBuffer(100, 10);
    buffer.offer(message(50));
    buffer.offer(message(1));

    TailBuffer.Next first = buffer.next(0);
    buffer.offer(message(10));

    assertThat(first.message()).isNotNull();
    assertThat(first.leftOut()).isOne();
    assertThat(buffer.next(0).message()).isNotNull();
  }

  @Test
  void it_is_over_when_it_is_closed_and_read() throws Exception {
    TailBuffer buffer = new TailBuffer(2, 10);
    buffer.offer(message(1));
    buffer.close();

    assertThat(buffer.isOver()).isFalse();
    assertThat(buffer.next(60_000).message()).isNotNull();
    assertThat(buffer.isOver()).isTrue();
    assertThat(buffer.next(60_000).message()).isNull(); // at once
  }

  private static Delivery message(int bytes) {
    return new Delivery(
        new Envelope(1, false, "e", "k"), new AMQP.BasicProperties(), new byte[bytes]);
  }
}
