package dev.serai.http;

import dev.serai.files.TimeText;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Calls addresses that a person has configured, and waits for the end of the answer, but neither
 * longer nor for more than it may be. (The timeout of a {@link HttpRequest} ends with the headers.)
 * An interrupt of the calling thread ends the call. Thread-safe.
 */
public final class WholeCalls {
  private final String who;
  private final HttpClient http;

  /**
   * Calls over a client.
   *
   * @param who is called, as failures name it, such as {@code the target}
   */
  public WholeCalls(String who, HttpClient http) {
    this.who = who;
    this.http = http;
  }

  /**
   * What was answered.
   *
   * @param body as much of it as was wanted
   * @param whole whether there was no more
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares answers
  public record Answer(int status, HttpHeaders headers, byte[] body, boolean whole) {
    private static final Pattern CHARSET =
        Pattern.compile("charset=\"?([\\w.:+-]+)", Pattern.CASE_INSENSITIVE);

    /** The body as text, in the encoding that its {@code Content-Type} names, else in UTF-8. */
    public String text() {
      Matcher named = CHARSET.matcher(headers.firstValue("Content-Type").orElse(""));
      try {
        return new String(body, Charset.forName(named.find() ? named.group(1) : "UTF-8"));
      } catch (IllegalArgumentException e) { // there is none of this name
        return new String(body, StandardCharsets.UTF_8);
      }
    }
  }

  /**
   * Makes a call.
   *
   * @param most bytes of the answer; one that is longer is not read to its end
   * @throws IOException if there is no answer, or not its end in time
   */
  public Answer call(HttpRequest request, int most, Duration patience)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> sent =
        http.sendAsync(request, head -> new FirstBytes(most + 1));
    try {
      HttpResponse<byte[]> answer = sent.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      byte[] body = answer.body();
      return new Answer(answer.statusCode(), answer.headers(), body, body.length <= most);
    } catch (TimeoutException e) {
      throw new IOException(who + " did not answer within " + TimeText.write(patience), e);
    } catch (ExecutionException e) {
      throw new IOException(who + " did not answer: " + e.getCause(), e);
    } finally {
      sent.cancel(true); // closes the call, if it is not over
    }
  }
}
