package dev.serai.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** A class over 200 lines, a method over 40 or a constructor over five parameters is two things. */
class SourceSizeTest {

  @Test
  void no_class_method_or_constructor_is_two_things() throws IOException {
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      List<Path> files = sources.filter(file -> file.toString().endsWith(".java")).toList();

      assertThat(tooLarge(files)).isEmpty();
    }
  }

  @Test
  void sees_a_method_that_is_too_long() throws IOException {
    Path folder = Files.createTempDirectory("size");
    Path file = folder.resolve("Long.java");
    Files.writeString(file, "class Long { void m() {\n" + "int x = 0;\n".repeat(45) + "}}");

    assertThat(tooLarge(List.of(file))).hasSize(1);
  }

  private static List<String> tooLarge(List<Path> files) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> found = new ArrayList<>();
    try (StandardJavaFileManager sources = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, sources, null, null, null, sources.getJavaFileObjectsFromPaths(files));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        new Sizes(unit, positions, found).scan(unit, null);
      }
    }
    return found;
  }

  private static final class Sizes extends TreeScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<String> found;

    Sizes(CompilationUnitTree unit, SourcePositions positions, List<String> found) {
      this.unit = unit;
      this.positions = positions;
      this.found = found;
    }

    @Override
    public Void visitClass(ClassTree type, Void none) {
      report(type, type.getSimpleName().toString(), 200);
      return super.visitClass(type, none);
    }

    @Override
    public Void visitMethod(MethodTree method, Void none) {
      report(method, method.getName() + "()", 40);
      boolean constructor = method.getReturnType() == null;
      if (constructor && method.getParameters().size() > 5) {
        found.add(file() + ": a constructor of " + method.getParameters().size() + " parameters");
      }
      return super.visitMethod(method, none);
    }

    private void report(Tree tree, String name, int limit) {
      long lines = line(positions.getEndPosition(unit, tree)) - line(start(tree)) + 1;
      if (lines > limit) {
        found.add("%s: %s has %d lines, the limit is %d".formatted(file(), name, lines, limit));
      }
    }

    private long start(Tree tree) {
      return positions.getStartPosition(unit, tree);
    }

    private long line(long position) {
      return unit.getLineMap().getLineNumber(Math.max(position, 0));
    }

    private String file() {
      return unit.getSourceFile().getName();
    }
  }
}
