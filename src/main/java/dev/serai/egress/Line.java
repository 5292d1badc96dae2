package dev.serai.egress;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that makes all calls, with the connections that it keeps.
 *
 * @param context everything of a call happens here
 */
record Line(Vertx vertx, Context context, HttpClient client, Names names) implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Line.class);
  private static final int CONNECT_MS = 5_000;

  /** Less than the 5 s after which Node and uvicorn close a connection that is not used. */
  private static final int KEPT_SECONDS = 4;

  private static final int STOP_SECONDS = 5;

  /** How connections are made and kept; certificates are checked against what the JVM trusts. */
  static HttpClientOptions options() {
    return new HttpClientOptions()
        .setConnectTimeout(CONNECT_MS)
        .setKeepAliveTimeout(KEPT_SECONDS)
        .setUseAlpn(true)
        .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
        .setInitialSettings(new Http2Settings().setPushEnabled(false));
  }

  /**
   * Starts the thread.
   *
   * @param most connections to one address: as many as calls, so that no call waits for another
   */
  @SuppressWarnings("deprecation") // the other way to Vert.x's thread is not public
  static Line open(HttpClientOptions options, int most, NamesOfLoop names) {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1));
    HttpClient client =
        vertx
            .httpClientBuilder()
            .with(options)
            .with(new PoolOptions().setHttp1MaxSize(most).setHttp2MaxSize(most))
            // Vert.x would log what a receiver sends amiss; the call itself fails with it.
            .withConnectHandler(connection -> connection.exceptionHandler(amiss -> {}))
            .build();
    Names found = names.on(vertx.nettyEventLoopGroup().next());
    return new Line(vertx, vertx.getOrCreateContext(), client, found);
  }

  @Override
  public void close() {
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("The connections to receivers did not close", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Makes the look-up of names for a thread. */
  @FunctionalInterface
  interface NamesOfLoop {
    Names on(EventLoop loop);
  }
}
