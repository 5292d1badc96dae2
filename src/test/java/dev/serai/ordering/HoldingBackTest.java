package dev.serai.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.rabbitmq.client.AMQP;
import dev.serai.delivery.KeptMessage;
import dev.serai.topology.Topologies.Partitions;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class HoldingBackTest {
  private final Holds holds = mock();
  private final List<String> parked = new ArrayList<>();
  private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
  private final KeptMessage kept = mock();
  private final HoldingBack holding =
      new HoldingBack(
          new Partitioned("q", new Partitions("k", 1, true, false), mock()),
          holds,
          ex -> parked.add(""));

  @Test
  void a_message_that_is_parked_but_could_not_be_noted_is_noted_later_and_not_parked_again() {
    List<String> tried = new ArrayList<>();
    doThrow(new DataAccessResourceFailureException("away"))
        .doNothing()
        .when(holds)
        .add("q", "key", "m");
    Held message =
        new Held(
            1,
            "key",
            new Parcel("", "", new AMQP.BasicProperties.Builder().messageId("m").build(), mock()),
            kept);

    assertThatThrownBy(
            () ->
                holding.attempt(
                    message,
                    exchange,
                    ex -> {
                      tried.add("");
                      when(kept.isParked()).thenReturn(true);
                    }))
        .isInstanceOf(DataAccessResourceFailureException.class);
    holding.attempt(message, exchange, ex -> tried.add(""));

    assertThat(tried).hasSize(1);
    assertThat(parked).isEmpty();
    verify(holds, times(2)).add("q", "key", "m");
  }
}
