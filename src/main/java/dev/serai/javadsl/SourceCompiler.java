package dev.serai.javadsl;

import dev.serai.javadsl.BadJavaException.Mistake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;

/** Compiles one source in memory, against the class path of this process. */
final class SourceCompiler {
  private static final List<String> OPTIONS =
      List.of("-proc:none", "-parameters", "-nowarn", "-g:source,lines", "-Xmaxerrs", "20");

  private final JavaCompiler compiler;

  SourceCompiler(JavaCompiler compiler) {
    this.compiler = compiler;
  }

  /**
   * Compiles a source.
   *
   * @param name of its class
   * @return the bytes of its classes, by their names
   * @throws BadJavaException what the compiler says, each with its place
   */
  SortedMap<String, byte[]> compile(String name, String text) throws BadJavaException {
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    SortedMap<String, ByteArrayOutputStream> classes = new TreeMap<>();
    StringWriter crash = new StringWriter();
    try (JavaFileManager files =
        new InMemory(
            compiler.getStandardFileManager(found, Locale.ENGLISH, StandardCharsets.UTF_8),
            classes)) {
      boolean good =
          compiler
              .getTask(crash, files, found, OPTIONS, null, List.of(new Source(name, text)))
              .call();
      if (!good) {
        throw new BadJavaException(mistakes(found, crash.toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SortedMap<String, byte[]> bytes = new TreeMap<>();
    classes.forEach((type, stream) -> bytes.put(type, stream.toByteArray()));
    return bytes;
  }

  private static List<Mistake> mistakes(
      DiagnosticCollector<JavaFileObject> found, String otherwise) {
    List<Mistake> mistakes =
        found.getDiagnostics().stream()
            .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
            .map(SourceCompiler::mistake)
            .toList();
    return mistakes.isEmpty()
        ? BadJavaException.badJava("the compiler failed: " + oneLine(otherwise), "mend the Java")
            .mistakes()
        : mistakes;
  }

  private static Mistake mistake(Diagnostic<? extends JavaFileObject> diagnostic) {
    return new Mistake(
        "bad-java",
        (int) Math.max(1, diagnostic.getLineNumber()),
        (int) Math.max(1, diagnostic.getColumnNumber()),
        "the compiler says: " + oneLine(diagnostic.getMessage(Locale.ENGLISH)),
        "mend the Java at this place");
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", ", ").replaceAll(" {2,}", " ");
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private final SortedMap<String, ByteArrayOutputStream> classes;

    InMemory(JavaFileManager files, SortedMap<String, ByteArrayOutputStream> classes) {
      super(files);
      this.classes = classes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      classes.put(className, bytes);
      return new SimpleJavaFileObject(URI.create("memory:///" + className), kind) {
        @Override
        public OutputStream openOutputStream() {
          return bytes;
        }
      };
    }
  }
}
