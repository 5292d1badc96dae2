import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks after the deliveries to a {@link BenchSink}. Arguments: the port of the sink and
 *
 * <ul>
 *   <li>{@code register PORT COUNT}: adds so many endpoints to the Serai on that port, and tells the sink their secrets;
 *   <li>{@code watch COUNT}: waits until so many more deliveries have come and prints how many came in a second between 10 % and
 *       90 % of them, how many messages came twice, and how many had a wrong signature.
 * </ul>
 */
public class BenchWebhooks {
  private static final Pattern SECRET = Pattern.compile("\"secret\"\\s*:\\s*\"([^\"]+)\"");

  private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String sink;

  private BenchWebhooks(String sinkPort) {
    this.sink = "http://127.0.0.1:" + sinkPort;
  }

  public static void main(String[] arguments) throws Exception {
    BenchWebhooks bench = new BenchWebhooks(arguments[0]);
    switch (arguments[1]) {
      case "register" -> bench.register("http://127.0.0.1:" + arguments[2], Integer.parseInt(arguments[3]));
      case "watch" -> bench.watch(Integer.parseInt(arguments[2]));
      default -> throw new IllegalArgumentException(arguments[1]);
    }
  }

  private void register(String serai, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      String path = "/hook-" + System.nanoTime();
      String answer = send("POST", serai + "/webhooks", "{\"url\":\"%s%s\"}".formatted(sink, path));
      Matcher secret = SECRET.matcher(answer);
      if (!secret.find()) {
        throw new IllegalStateException(answer);
      }
      send("PUT", sink + "/secret" + path, secret.group(1));
    }
  }

  private String send(String method, String url, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private void watch(int count) throws Exception {
    int[] start = counts();
    int[] begun = start;
    long since = 0;
    while (true) {
      int[] now = counts();
      int came = now[0] - start[0];
      if (since == 0 && came >= count * 0.1) {
        since = System.nanoTime();
        begun = now;
      }
      if (came >= count * 0.9) {
        double rate = (now[0] - begun[0]) / ((System.nanoTime() - since) / 1e9);
        Thread.sleep(5000); // the rest
        int[] end = counts();
        System.out.printf(
            "%.0f/s  received %d of %d  twice %d  wrong signatures %d%n",
            rate, end[1] - start[1], count, end[0] - start[0] - (end[1] - start[1]), end[2]);
        return;
      }
      Thread.sleep(50);
    }
  }

  private int[] counts() throws Exception {
    String[] parts = send("GET", sink + "/count", "").strip().split(" ");
    return new int[] {Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2])};
  }
}
