package dev.serai.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

class ReadingConnectionTest {
  private final ConnectionFactory broker = mock();
  private final Connection opened = mock();
  private final ReadingConnection reading = new ReadingConnection(broker);

  @Test
  void nothing_more_is_read_until_a_message_is_handed_over() throws Exception {
    when(broker.newConnection(any(ExecutorService.class), anyString())).thenReturn(opened);
    ArgumentCaptor<ExecutorService> executor = ArgumentCaptor.captor();

    reading.get();

    verify(broker).newConnection(executor.capture(), anyString());
    List<Thread> threads = new ArrayList<>();
    executor.getValue().execute(() -> threads.add(Thread.currentThread()));
    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  void one_that_is_open_is_used_again_and_another_is_opened_when_it_is_lost() throws Exception {
    Connection next = mock();
    when(broker.newConnection(any(ExecutorService.class), anyString())).thenReturn(opened, next);
    when(opened.isOpen()).thenReturn(true);
    assertThat(reading.get()).isSameAs(opened);
    assertThat(reading.get()).isSameAs(opened);

    when(opened.isOpen()).thenReturn(false);

    assertThat(reading.get()).isSameAs(next);
  }

  @Test
  void what_is_opened_while_the_route_ends_is_closed_again() throws Exception {
    when(broker.newConnection(any(ExecutorService.class), anyString()))
        .thenAnswer(
            call -> {
              reading.end();
              return opened;
            });

    assertThatThrownBy(reading::get).isInstanceOf(IOException.class);
    verify(opened).abort(anyInt());
  }
}
