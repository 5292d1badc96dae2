package dev.serai.javadsl;

import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.SortedMap;
import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The compiled classes of one route file.
 *
 * @param main name of the class that the file is named after
 * @param bytes of all, by name
 */
record RouteClasses(String main, SortedMap<String, byte[]> bytes) {

  /** Finds the main class; the compiler has made sure that there is one when it is public. */
  static RouteClasses of(String simpleName, SortedMap<String, byte[]> bytes)
      throws BadJavaException {
    for (String name : bytes.keySet()) {
      if (name.equals(simpleName) || name.endsWith("." + simpleName)) {
        return new RouteClasses(name, bytes);
      }
    }
    throw BadJavaException.badJava(
        "the file has no class " + simpleName, "name its class as the file");
  }

  /** A new builder, of classes that go when nothing of it is in use any more. */
  RouteBuilder newBuilder() throws BadJavaException {
    try {
      Class<?> type = new Loader(bytes).loadClass(main);
      if (RouteBuilder.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
        return (RouteBuilder) type.getConstructor().newInstance();
      }
    } catch (ReflectiveOperationException | LinkageError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw BadJavaException.badJava(
          "no %s can be made: %s".formatted(main, cause),
          "give it a public constructor that works");
    }
    throw BadJavaException.badJava(
        main + " is no RouteBuilder", "write public class " + main + " extends RouteBuilder");
  }

  private static final class Loader extends ClassLoader {
    private final Map<String, byte[]> bytes;

    Loader(Map<String, byte[]> bytes) {
      super(RouteClasses.class.getClassLoader());
      this.bytes = bytes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte @Nullable [] code = bytes.get(name);
      if (code == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, code, 0, code.length);
    }
  }
}
