package dev.serai.tasks;

import dev.serai.delivery.PoisonMessageException;
import java.net.http.HttpResponse;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The text of an answer that is not longer than it may be. One thread at a time. */
final class LimitedBody implements HttpResponse.BodySubscriber<String> {
  private final HttpResponse.BodySubscriber<String> text;
  private long left;
  private Flow.@Nullable Subscription subscription;

  private LimitedBody(HttpResponse.BodySubscriber<String> text, long most) {
    this.text = text;
    this.left = most;
  }

  /**
   * Reads answers as text; a longer one fails with {@link PoisonMessageException} and ends the
   * call.
   *
   * @param most bytes of an answer
   */
  static HttpResponse.BodyHandler<String> ofText(long most) {
    return answer -> new LimitedBody(HttpResponse.BodyHandlers.ofString().apply(answer), most);
  }

  @Override
  public CompletionStage<String> getBody() {
    return text.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription begun) {
    subscription = begun;
    text.onSubscribe(begun);
  }

  @Override
  public void onNext(List<ByteBuffer> some) {
    if (left < 0) {
      return;
    }
    left -= some.stream().mapToLong(Buffer::remaining).sum();
    if (left >= 0) {
      text.onNext(some);
      return;
    }
    if (subscription != null) {
      subscription.cancel();
    }
    text.onError(new PoisonMessageException("the target's answer is too long"));
  }

  @Override
  public void onError(Throwable failure) {
    text.onError(failure);
  }

  @Override
  public void onComplete() {
    text.onComplete();
  }
}
