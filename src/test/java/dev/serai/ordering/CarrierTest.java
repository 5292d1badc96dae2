package dev.serai.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import dev.serai.broker.OutgoingMessage;
import dev.serai.broker.Publisher;
import dev.serai.broker.Traced;
import dev.serai.broker.UnsendableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mockito.ArgumentCaptor;
import org.mockito.InOrder;

/** The way of foreign messages to their partitions, with its thread in the test's hand. */
@Timeout(20)
class CarrierTest {
  private static final AMQP.BasicProperties NAMED =
      new AMQP.BasicProperties.Builder().messageId("m").headers(Map.of()).build();

  private final Channel channel = mock();
  private final Connection connection = mock();
  private final ConnectionFactory broker = mock();
  private final Publisher publisher = mock();
  private final IntakeMessages messages = mock();
  private final List<Object> told = new ArrayList<>();
  private final List<Runnable> thread = new ArrayList<>();
  private final Intake intake =
      new Intake(
          new Partitioned("q", mock(), mock()),
          new Intakes(broker, publisher, messages, told::add),
          thread::add);

  @BeforeEach
  void open() throws Exception {
    when(broker.newConnection("serai-intake")).thenReturn(connection);
    when(connection.isOpen()).thenReturn(true);
    when(connection.openChannel()).thenReturn(Optional.of(channel));
    when(channel.isOpen()).thenReturn(true);
    when(channel.waitForConfirms(anyLong())).thenReturn(true);
    when(messages.sentOn(any(), any()))
        .thenAnswer(
            call -> {
              Letter letter = call.getArgument(1);
              return new OutgoingMessage("", "q.0", letter.properties(), letter.body());
            });
    when(messages.parked(any(), any(), any(), anyBoolean()))
        .thenAnswer(
            call ->
                Optional.of(
                    new OutgoingMessage(
                        "", call.getArgument(3) ? "bare" : "whole", NAMED, new byte[0])));
  }

  @Test
  void publishes_over_the_channel_that_it_consumes_from_and_then_acknowledges() throws Exception {
    Carrier carrier = tend();
    deliver(carrier, 1);
    deliver(carrier, 2);
    endAfter(2);

    thread.get(0).run();

    InOrder order = inOrder(channel);
    for (long tag = 1; tag <= 2; tag++) {
      order.verify(channel).basicPublish("", "q.0", true, NAMED, new byte[] {(byte) tag});
      order.verify(channel).waitForConfirms(anyLong());
      order.verify(channel).basicAck(tag, false);
    }
    assertThat(told).hasSize(2).allMatch(Traced.class::isInstance);
  }

  @Test
  void leaves_all_in_their_place_when_one_is_not_taken() throws Exception {
    when(channel.waitForConfirms(anyLong())).thenReturn(false);
    Carrier carrier = tend();
    deliver(carrier, 1);
    deliver(carrier, 2);

    thread.get(0).run();

    verify(channel, never()).basicAck(anyLong(), anyBoolean());
    verify(channel).close();
    assertThat(carrier.isOver()).isTrue();
    intake.tend();
    assertThat(thread).as("it begins again").hasSize(2);
  }

  @Test
  void parks_what_cannot_be_written_and_goes_on_over_another_channel() throws Exception {
    doThrow(new IllegalArgumentException("too large"))
        .when(channel)
        .basicPublish(any(), any(), anyBoolean(), any(), any());
    when(publisher.publish(any())).thenReturn(CompletableFuture.completedFuture(null));
    Carrier carrier = tend();
    deliver(carrier, 1);
    deliver(carrier, 2);

    thread.get(0).run();

    assertThat(parked()).containsExactly("whole");
    verify(channel).basicAck(1, false);
    verify(channel, never()).basicAck(eq(2L), anyBoolean());
    verify(channel).close();
  }

  @Test
  void parks_without_its_headers_what_cannot_be_parked_with_them() throws Exception {
    doThrow(new IllegalArgumentException("too large"))
        .when(channel)
        .basicPublish(any(), any(), anyBoolean(), any(), any());
    when(publisher.publish(any()))
        .thenReturn(
            CompletableFuture.failedFuture(new UnsendableException("too large")),
            CompletableFuture.completedFuture(null));
    Carrier carrier = tend();
    deliver(carrier, 1);

    thread.get(0).run();

    assertThat(parked()).containsExactly("whole", "bare");
    verify(channel).basicAck(1, false);
  }

  @Test
  void parks_what_the_broker_closes_the_channel_over_again_and_again() throws Exception {
    AMQP.Channel.Close close =
        new AMQP.Channel.Close.Builder().replyCode(406).replyText("no such user").build();
    when(channel.waitForConfirms(anyLong()))
        .thenThrow(new ShutdownSignalException(false, false, close, channel));
    when(publisher.publish(any())).thenReturn(CompletableFuture.completedFuture(null));

    for (int i = 0; i < 3; i++) {
      deliver(tend(), 1);
      if (i == 2) {
        endAfter(1);
      }
      thread.get(i).run();
    }

    assertThat(parked()).containsExactly("whole");
    verify(channel).basicAck(1, false);
  }

  @Test
  void another_message_than_the_one_that_the_broker_refuses_is_sent() throws Exception {
    AMQP.Channel.Close close =
        new AMQP.Channel.Close.Builder().replyCode(406).replyText("no such user").build();
    when(channel.waitForConfirms(anyLong()))
        .thenThrow(new ShutdownSignalException(false, false, close, channel))
        .thenThrow(new ShutdownSignalException(false, false, close, channel))
        .thenReturn(true);

    for (int i = 0; i < 3; i++) { // the third is the first of another instance's rest
      deliver(tend(), i == 2 ? 2 : 1);
      if (i == 2) {
        endAfter(2);
      }
      thread.get(i).run();
    }

    verify(publisher, never()).publish(any());
    verify(channel).basicAck(2, false);
  }

  @Test
  void a_channel_that_could_not_be_consumed_from_is_closed_and_another_is_opened()
      throws Exception {
    when(channel.confirmSelect()).thenThrow(new IOException("no answer"));
    assertThatThrownBy(intake::tend).hasMessage("no answer");
    verify(channel).close();
    Channel next = mock();
    when(connection.openChannel()).thenReturn(Optional.of(next));

    intake.tend();

    assertThat(thread).hasSize(1);
  }

  private Carrier tend() throws Exception {
    intake.tend();
    return (Carrier) thread.get(thread.size() - 1);
  }

  private static void deliver(Carrier carrier, long tag) {
    carrier.handleDelivery("", new Envelope(tag, false, "x", "y"), NAMED, new byte[] {(byte) tag});
  }

  /** Its channel is gone when it has acknowledged this one. */
  private void endAfter(long tag) throws Exception {
    doAnswer(
            call -> {
              when(channel.isOpen()).thenReturn(false);
              return null;
            })
        .when(channel)
        .basicAck(tag, false);
  }

  private List<String> parked() {
    ArgumentCaptor<OutgoingMessage> sent = ArgumentCaptor.captor();
    verify(publisher, atLeastOnce()).publish(sent.capture());
    return sent.getAllValues().stream().map(OutgoingMessage::routingKey).toList();
  }
}
