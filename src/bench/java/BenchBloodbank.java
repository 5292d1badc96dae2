import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The latency test of Bloodbank's seed. Arguments: the port of Serai, then
 *
 * <ul>
 *   <li>{@code latency URI EVENTS}: publishes events one after the other over HTTP and prints how long each took from before
 *       the POST until a consumer of the exchange had it, and how long connecting took. As many before those warm up;
 *   <li>{@code rate EVENTS}: publishes events, 64 at once, and prints how many were confirmed per second. The first quarter
 *       warms up.
 * </ul>
 */
public class BenchBloodbank {
  private static final String EXCHANGE = "bloodbank.events.v1";
  private static final int AT_ONCE = 64;

  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI address;

  private BenchBloodbank(int port) {
    this.address = URI.create("http://127.0.0.1:" + port + "/bloodbank/events/transcription.voice.completed");
  }

  public static void main(String[] arguments) throws Exception {
    BenchBloodbank bench = new BenchBloodbank(Integer.parseInt(arguments[0]));
    if (arguments[1].equals("latency")) {
      bench.latency(arguments[2], Integer.parseInt(arguments[3]));
    } else {
      bench.rate(Integer.parseInt(arguments[2]));
    }
    System.exit(0);
  }

  private HttpRequest event() {
    return HttpRequest.newBuilder(address)
        .header("Content-Type", "application/json")
        .header("correlationid", "bench")
        .POST(HttpRequest.BodyPublishers.ofString("{\"payload\":{\"text\":\"hello\"}}"))
        .build();
  }

  private void latency(String broker, int events) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(broker);
    long before = System.nanoTime();
    Connection connection = factory.newConnection();
    Channel channel = connection.createChannel();
    channel.exchangeDeclare(EXCHANGE, "topic", true);
    long connected = System.nanoTime() - before;
    String queue = channel.queueDeclare("", false, true, true, Map.of()).getQueue();
    channel.queueBind(queue, EXCHANGE, "transcription.voice.*");
    BlockingQueue<Long> received = new LinkedBlockingQueue<>();
    channel.basicConsume(queue, true, (tag, message) -> received.add(System.nanoTime()), tag -> {});
    measure(received, events); // warms up
    double[] took = measure(received, events);
    System.out.printf(
        "connect and declare the exchange %.0f ms (seed: ~500 ms)%n", connected / 1e6);
    System.out.printf(
        "latency of %d events: average %.2f ms (seed: 25.43)  min %.2f ms (seed: 12.87)  max %.2f ms (seed: 45.21)%n",
        events, took[0], took[1], took[2]);
    connection.close();
  }

  /** Average, shortest and longest, in milliseconds. */
  private double[] measure(BlockingQueue<Long> received, int events) throws Exception {
    double sum = 0;
    double least = Double.MAX_VALUE;
    double most = 0;
    for (int i = 0; i < events; i++) {
      long before = System.nanoTime();
      HttpResponse<String> answer = client.send(event(), HttpResponse.BodyHandlers.ofString());
      Long arrived = received.poll(10, TimeUnit.SECONDS);
      if (answer.statusCode() != 202 || arrived == null) {
        throw new IllegalStateException("not delivered: " + answer.body());
      }
      double took = (arrived - before) / 1e6;
      sum += took;
      least = Math.min(least, took);
      most = Math.max(most, took);
    }
    return new double[] {sum / events, least, most};
  }

  private void rate(int events) throws Exception {
    send(events / 4);
    long before = System.nanoTime();
    int failed = send(events);
    double seconds = (System.nanoTime() - before) / 1e9;
    System.out.printf("%.0f events/s confirmed, %d failures%n", events / seconds, failed);
  }

  private int send(int events) throws InterruptedException {
    Semaphore places = new Semaphore(AT_ONCE);
    AtomicInteger failed = new AtomicInteger();
    for (int i = 0; i < events; i++) {
      places.acquire();
      client
          .sendAsync(event(), HttpResponse.BodyHandlers.discarding())
          .whenComplete(
              (answer, failure) -> {
                if (failure != null || answer.statusCode() != 202) {
                  failed.incrementAndGet();
                }
                places.release();
              });
    }
    places.acquire(AT_ONCE);
    return failed.get();
  }
}
