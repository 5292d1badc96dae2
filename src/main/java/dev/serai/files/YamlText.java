package dev.serai.files;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** The YAML of a file that people edit: at most 1 MiB of UTF-8, at most 100 levels deep. */
public final class YamlText {
  private static final int DEEPEST = 100; // more takes minutes

  private YamlText() {}

  /** A file that cannot be read. */
  public static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient RefusedFile file;

    private UnreadableException(RefusedFile file) {
      super(file.name() + ": " + file.file().wrong());
      this.file = file;
    }

    /** What is wrong, and where. */
    public RefusedFile file() {
      return file;
    }
  }

  /**
   * Reads the tree of a file. A key that stands twice in a mapping is in it twice, for the caller
   * to refuse with its place.
   *
   * @param path as a person sees it
   * @return empty when the file says nothing
   * @throws UnreadableException {@code too-large} or {@code bad-yaml}
   */
  public static Optional<Node> read(String path, byte[] bytes) throws UnreadableException {
    if (bytes.length > RouteFolder.MOST_BYTES) {
      throw unreadable("too-large", path, null, "the file has more than 1 MiB", "split it");
    }
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(true);
    options.setNestingDepthLimit(DEEPEST);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Optional.ofNullable(new Yaml(options).compose(new StringReader(text)));
    } catch (CharacterCodingException e) {
      throw unreadable("bad-yaml", path, null, "the file is no UTF-8 text", "write text");
    } catch (MarkedYAMLException e) {
      String wrong = String.valueOf(e.getProblem());
      throw unreadable("bad-yaml", path, e.getProblemMark(), wrong, "mend the YAML at this place");
    } catch (YAMLException e) {
      throw unreadable("bad-yaml", path, null, String.valueOf(e.getMessage()), "mend the YAML");
    }
  }

  private static UnreadableException unreadable(
      String name, String path, @Nullable Mark at, String wrong, String remedy) {
    int line = at == null ? 1 : at.getLine() + 1;
    int column = at == null ? 1 : at.getColumn() + 1;
    return new UnreadableException(
        new RefusedFile(name, new BadRouteFile(Path.of(path), line, column, wrong, remedy)));
  }
}
