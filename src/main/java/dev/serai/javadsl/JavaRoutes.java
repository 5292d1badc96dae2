package dev.serai.javadsl;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Route files in Camel's Java DSL. What has been compiled once is used again for the same bytes, in
 * this process and, with a folder, in later ones. Thread-safe.
 */
@Component
public final class JavaRoutes {
  private static final String CLASS_NAME = "[A-Z][A-Za-z0-9]*";
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final int MOST_REMEMBERED = 200;

  private final Supplier<@Nullable JavaCompiler> jdk;
  private final Optional<ClassFolder> folder;
  private final SourceKey keys = SourceKey.ofThisProcess();
  private final Map<String, RouteClasses> compiled = remembering();
  private final Map<String, BadJavaException> broken = remembering();
  private final Map<String, RouteOutline> outlines = remembering();

  /** Keeps classes in a folder, which may be empty, absent or read-only. */
  @Autowired
  public JavaRoutes(@Value("${serai.routes-classes}") Path folder) {
    this(ToolProvider::getSystemJavaCompiler, Optional.of(new ClassFolder(folder)));
  }

  private JavaRoutes(Supplier<@Nullable JavaCompiler> jdk, Optional<ClassFolder> folder) {
    this.jdk = jdk;
    this.folder = folder;
  }

  /** Keeps classes where {@code SERAI_ROUTES_CLASSES} says, or else while this process runs. */
  public static JavaRoutes ofEnvironment() {
    String folder = System.getenv("SERAI_ROUTES_CLASSES");
    return folder == null || folder.isEmpty() ? inMemory() : new JavaRoutes(Path.of(folder));
  }

  /** Keeps classes while this process runs. */
  public static JavaRoutes inMemory() {
    return new JavaRoutes(ToolProvider::getSystemJavaCompiler, Optional.empty());
  }

  /** As on a Java runtime without a compiler. */
  static JavaRoutes withoutJdk(Path folder) {
    return new JavaRoutes(() -> null, Optional.of(new ClassFolder(folder)));
  }

  /**
   * What is in a file. Its {@code configure()} runs, in a context of its own that never starts.
   *
   * @param path ends with the name of its class and {@code .java}
   * @throws BadJavaException what is wrong with it
   */
  public RouteOutline outline(String path, byte[] source) throws BadJavaException {
    String key = keys.of(path, source);
    synchronized (outlines) {
      RouteOutline known = outlines.get(key);
      if (known != null) {
        return known;
      }
    }
    try {
      RouteOutline read = new TrialRun(className(path), LONGEST).outline(builder(path, source));
      synchronized (outlines) {
        outlines.put(key, read);
      }
      return read;
    } catch (BadJavaException e) { // it is not run twice: it may be one that does not end
      synchronized (compiled) {
        broken.put(key, e);
      }
      throw e;
    }
  }

  /**
   * A builder of the routes of a file, not yet configured; each has classes of its own.
   *
   * @throws BadJavaException what is wrong with it
   */
  public RouteBuilder builder(String path, byte[] source) throws BadJavaException {
    return classes(path, source).newBuilder();
  }

  /** Javac is not made for two threads, and two would only compile the same. */
  private RouteClasses classes(String path, byte[] source) throws BadJavaException {
    synchronized (compiled) {
      String key = keys.of(path, source);
      if (broken.containsKey(key)) {
        throw broken.get(key);
      }
      RouteClasses known = compiled.get(key);
      if (known == null) {
        try {
          known = load(key, className(path), source);
        } catch (BadJavaException e) { // a check of many files asks more than once
          broken.put(key, e);
          throw e;
        }
        compiled.put(key, known);
      }
      return known;
    }
  }

  private RouteClasses load(String key, String name, byte[] source) throws BadJavaException {
    Optional<SortedMap<String, byte[]>> kept = folder.flatMap(place -> place.get(key));
    RouteClasses loaded =
        RouteClasses.of(name, kept.isPresent() ? kept.get() : compile(name, source));
    if (kept.isEmpty()) {
      folder.ifPresent(place -> place.put(key, loaded.bytes()));
    }
    return loaded;
  }

  private SortedMap<String, byte[]> compile(String name, byte[] source) throws BadJavaException {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(source)).toString();
    } catch (CharacterCodingException e) {
      throw BadJavaException.badJava("the file is no UTF-8 text", "write text");
    }
    JavaCompiler compiler = jdk.get();
    if (compiler == null) {
      throw BadJavaException.needsJdk(
          "this Java runtime (%s) has no compiler".formatted(System.getProperty("java.home")),
          "run Serai with a JDK, or write the route in YAML");
    }
    if (String.valueOf(RouteBuilder.class.getResource("RouteBuilder.class")).contains("BOOT-INF")) {
      throw BadJavaException.needsJdk(
          "the compiler cannot see into a jar of jars",
          "start with ./serai run, or extract the jar: java -Djarmode=tools -jar serai.jar extract");
    }
    return new SourceCompiler(compiler).compile(name, text);
  }

  private static String className(String path) throws BadJavaException {
    String name = path.replaceFirst(".*/", "").replaceFirst("\\.java$", "");
    if (!name.matches(CLASS_NAME)) {
      throw BadJavaException.badJava(
          "\"%s\" cannot be the name of its class".formatted(name),
          "name the file as its class, such as StoreEvent.java");
    }
    return name;
  }

  private static <V> Map<String, V> remembering() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > MOST_REMEMBERED;
      }
    };
  }

  /** For a Camel context, under {@link JavaLoader#NAME} in its registry. */
  public JavaLoader loader() {
    return new JavaLoader(this);
  }
}
