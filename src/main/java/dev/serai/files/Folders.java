package dev.serai.files;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The folders of routes and values of this process. */
@Component
public class Folders {
  private final Packs packs;
  private final Path config;

  Folders(Packs packs, @Value("${serai.config:config}") Path config) {
    this.packs = packs;
    this.config = config;
  }

  /** The folder of the routes. */
  public Path routes() {
    return packs.folder();
  }

  /**
   * What is in them now.
   *
   * @throws java.io.UncheckedIOException {@code no-routes} when one cannot be read
   * @throws IllegalStateException {@code no-routes} when there is no route at all: a folder that is
   *     not mounted yet, or is being copied
   */
  public Snapshot look() {
    Snapshot found = Snapshot.read(packs, config);
    if (found.files().keySet().stream().noneMatch(RouteFolder::isRoutes)) {
      throw new IllegalStateException(
          "no-routes: %s holds no route file; set SERAI_ROUTES".formatted(packs.folder()));
    }
    return found;
  }
}
