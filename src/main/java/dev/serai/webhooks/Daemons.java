package dev.serai.webhooks;

import java.util.concurrent.ThreadFactory;

/** Makes threads of a name that do not keep the process alive. */
record Daemons(String name) implements ThreadFactory {
  @Override
  public Thread newThread(Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
