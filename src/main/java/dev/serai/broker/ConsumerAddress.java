package dev.serai.broker;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.AddressResolver;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DnsRecordIpAddressResolver;
import java.io.IOException;
import java.net.ConnectException;
import java.util.List;

/**
 * Where consumers connect to: the broker, as long as the publisher is connected to it. One that
 * takes connections and says nothing, or a network that swallows packets, would else cost the
 * start, the stop and each reload one connect timeout per queue. Thread-safe.
 */
final class ConsumerAddress implements AddressResolver {
  private final AddressResolver broker;
  private final ConnectionState publisher;

  ConsumerAddress(ConnectionFactory client, ConnectionState publisher) {
    this.publisher = publisher;
    broker =
        new DnsRecordIpAddressResolver(
            new Address(client.getHost(), client.getPort()), client.isSSL());
  }

  /**
   * {@inheritDoc}
   *
   * @throws ConnectException at once while the publisher has no connection, but after its first
   *     attempt; whoever wants to consume asks again every few seconds
   */
  @Override
  public List<Address> getAddresses() throws IOException {
    publisher.awaitFirstAttempt();
    if (!publisher.connected()) {
      throw new ConnectException(
          "consumers wait for the publisher's connection: "
              + publisher.lastError().orElse("it is not open yet"));
    }
    return broker.getAddresses();
  }

  @Override
  public String toString() {
    return broker.toString();
  }
}
