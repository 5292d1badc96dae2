import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Follows a stream many times over. Arguments: the port of Serai, what to ask for, how many subscribers, and
 *
 * <ul>
 *   <li>{@code idle}: stays connected until it is ended; prints when all are;
 *   <li>{@code load EXCHANGE EVENTS RATE}: publishes so many events, so many in a second, and prints how many of them were
 *       missing or came twice, and how long they took from before the POST until a subscriber had read them. The first
 *       quarter warms up: it is counted but not timed.
 * </ul>
 */
public class BenchStreams {
  private static final byte[] SEQUENCE = "\"seq\":".getBytes(StandardCharsets.UTF_8);
  private static final byte[] SENT = "\"sent\":".getBytes(StandardCharsets.UTF_8);

  private final ConcurrentHistogram took = new ConcurrentHistogram(60_000_000, 3); // microseconds
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicInteger received = new AtomicInteger();
  private final AtomicInteger twice = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final int port;
  private final String path;
  private int untimed;

  private BenchStreams(int port, String path) {
    this.port = port;
    this.path = path;
  }

  public static void main(String[] arguments) throws Exception {
    BenchStreams bench = new BenchStreams(Integer.parseInt(arguments[0]), arguments[1]);
    int subscribers = Integer.parseInt(arguments[2]);
    bench.follow(subscribers);
    System.out.println("connected " + subscribers);
    if (arguments[3].equals("idle")) {
      Thread.currentThread().join();
    }
    bench.load(subscribers, arguments[4], Integer.parseInt(arguments[5]), Integer.parseInt(arguments[6]));
    System.exit(0);
  }

  /** Connects 100 at a time, each when those before have their answer. */
  private void follow(int subscribers) throws InterruptedException {
    NetClient client =
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1))
            .createNetClient(new NetClientOptions().setConnectTimeout(30_000));
    for (int i = 0; i < subscribers; i++) {
      while (i - open.get() >= 100) {
        Thread.sleep(1);
      }
      Subscriber subscriber = new Subscriber();
      client
          .connect(port, "127.0.0.1")
          .onSuccess(
              socket -> {
                socket.handler(subscriber::read);
                socket.closeHandler(end -> lost.incrementAndGet());
                socket.write("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n");
              })
          .onFailure(e -> fail(e.toString()));
    }
    while (open.get() < subscribers) {
      Thread.sleep(1);
    }
  }

  private static void fail(String text) {
    System.out.println(text);
    System.exit(1);
  }

  private void load(int subscribers, String exchange, int events, int rate) throws Exception {
    untimed = events / 4;
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    AtomicInteger next = new AtomicInteger();
    clock.scheduleAtFixedRate(
        () -> {
          int sequence = next.getAndIncrement();
          if (sequence < events) {
            publish(http, exchange, sequence);
          }
        },
        0,
        1_000_000 / rate,
        TimeUnit.MICROSECONDS);
    long all = (long) subscribers * events;
    long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(events / rate + 60L);
    while (received.get() < all && System.nanoTime() < patience) {
      Thread.sleep(20);
    }
    Thread.sleep(1000); // for what comes twice
    clock.shutdownNow();
    System.out.printf(
        "subscribers %d events %d received %d missing %d twice %d refused %d lost %d  p50 %.1f ms  p99 %.1f ms  max %.1f ms%n",
        subscribers, events, received.get(), all - received.get(), twice.get(), refused.get(), lost.get(),
        took.getValueAtPercentile(50) / 1e3, took.getValueAtPercentile(99) / 1e3, took.getMaxValue() / 1e3);
  }

  private void publish(HttpClient http, String exchange, int sequence) {
    String json =
        "{\"type\":\"bench\",\"seq\":%d,\"sent\":%d,\"text\":\"%s\"}"
            .formatted(sequence, System.nanoTime() / 1000, "x".repeat(200));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/publish/" + exchange + "/bench"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
        .thenAccept(
            answer -> {
              if (answer.statusCode() / 100 != 2) {
                refused.incrementAndGet();
              }
            });
  }

  /** One connection; all of it on the one thread of Vert.x. */
  private final class Subscriber {
    private final BitSet seen = new BitSet();
    private byte[] rest = {};
    private boolean answered;

    void read(Buffer bytes) {
      byte[] all = new byte[rest.length + bytes.length()];
      System.arraycopy(rest, 0, all, 0, rest.length);
      bytes.getBytes(all, rest.length);
      int start = 0;
      for (int end = start; end < all.length; end++) {
        if (all[end] == '\n') {
          line(all, start, end);
          start = end + 1;
        }
      }
      rest = java.util.Arrays.copyOfRange(all, start, all.length);
    }

    private void line(byte[] all, int start, int end) {
      if (!answered) {
        answered = true;
        String status = new String(all, start, end - start, StandardCharsets.UTF_8);
        if (!status.startsWith("HTTP/1.1 200")) {
          fail(status);
        }
        open.incrementAndGet();
      } else if (end - start > 6 && all[start] == 'd' && all[start + 4] == ':') {
        event(all, start, end);
      }
    }

    private void event(byte[] all, int start, int end) {
      int sequence = (int) number(all, start, end, SEQUENCE);
      if (sequence < 0) {
        return;
      }
      if (seen.get(sequence)) {
        twice.incrementAndGet();
        return;
      }
      seen.set(sequence);
      received.incrementAndGet();
      if (sequence >= untimed) {
        took.recordValue(System.nanoTime() / 1000 - number(all, start, end, SENT));
      }
    }

    private static long number(byte[] all, int start, int end, byte[] key) {
      for (int i = start; i + key.length < end; i++) {
        if (java.util.Arrays.equals(all, i, i + key.length, key, 0, key.length)) {
          long value = 0;
          for (int at = i + key.length; at < end && Character.isDigit(all[at]); at++) {
            value = value * 10 + all[at] - '0';
          }
          return value;
        }
      }
      return -1;
    }
  }
}
