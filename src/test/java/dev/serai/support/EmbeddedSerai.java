package dev.serai.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.FileSystemUtils;

/** A Serai on its embedded broker, in memory, for all tests of a class. */
@SuppressWarnings("NullAway.Init") // started before all tests
public final class EmbeddedSerai implements BeforeAllCallback, AfterAllCallback {
  private final Map<String, String> settings = new LinkedHashMap<>();
  private Path data;
  private SeraiApp serai;

  /** With further settings. */
  public EmbeddedSerai(Map<String, String> more) {
    settings.put("serai.broker.mode", "embedded");
    settings.put("serai.broker.embedded.durable", "false");
    settings.putAll(more);
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    data = Files.createTempDirectory("serai");
    serai = SeraiApp.start(data, settings);
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    serai.close();
    FileSystemUtils.deleteRecursively(data);
  }

  /** Its data port. */
  public int port() {
    return serai.port();
  }

  /** One of its beans. */
  public <T> T bean(Class<T> type) {
    return serai.bean(type);
  }
}
