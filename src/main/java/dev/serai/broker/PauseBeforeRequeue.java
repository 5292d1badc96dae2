package dev.serai.broker;

import java.util.concurrent.TimeUnit;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * Slows down a message that no policy could take, because the broker delivers it again at once.
 * Waits on the listener's thread, which has nothing else to do.
 */
final class PauseBeforeRequeue implements MethodInterceptor {
  private static final long PAUSE_MILLIS = 1000;

  @Override
  public @Nullable Object invoke(MethodInvocation delivery) throws Throwable {
    try {
      return delivery.proceed();
    } catch (Exception e) {
      pause();
      throw e;
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
