package io.accesskeys;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The texts with which requests are refused, as the compiler reads them in the sources. What is put
 * in at run time is shown as {@value #PUT_IN}.
 */
final class ErrorTexts {

  static final String PUT_IN = "…";

  private static final Set<String> OF_PROGRAMMERS =
      Set.of("IllegalStateException", "IllegalArgumentException", "UncheckedIOException");

  /**
   * One text.
   *
   * @param source the class that refuses
   * @param field the member, parameter or setting it names; empty if it is none or known at run
   *     time only
   */
  record ErrorText(String source, String field, String text) {}

  private ErrorTexts() {}

  /** All of them, by package and class. */
  static List<ErrorText> all() {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<ErrorText> texts = new ArrayList<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      var sources =
          files.getJavaFileObjectsFromPaths(
              MainSources.all().stream().map(MainSources.Source::path).toList());
      JavacTask parser = (JavacTask) compiler.getTask(null, files, null, null, null, sources);
      for (CompilationUnitTree unit : parser.parse()) {
        new Reader(unit, texts).scan(unit, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts.stream().distinct().toList();
  }

  /** Reads one file. */
  private static final class Reader extends TreeScanner<Void, Void> {

    private final String source;
    private final List<ErrorText> texts;
    private final Map<String, String> constants = new HashMap<>();

    Reader(CompilationUnitTree unit, List<ErrorText> texts) {
      String packageName =
          unit.getPackageName().toString().replaceFirst("^io\\.accesskeys\\.?", "");
      this.source = packageName + '.' + name(unit);
      this.texts = texts;
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitVariable(VariableTree variable, Void unused) {
          if (variable.getInitializer() instanceof LiteralTree literal
              && literal.getValue() instanceof String text) {
            constants.put(variable.getName().toString(), text);
          }
          return super.visitVariable(variable, null);
        }
      }.scan(unit, null);
    }

    private static String name(CompilationUnitTree unit) {
      return unit.getTypeDecls().stream()
          .filter(ClassTree.class::isInstance)
          .map(type -> ((ClassTree) type).getSimpleName().toString())
          .findFirst()
          .orElse("package-info");
    }

    @Override
    public Void visitNewClass(NewClassTree made, Void unused) {
      String type = made.getIdentifier().toString();
      if (type.endsWith("Exception") && !OF_PROGRAMMERS.contains(type)) {
        add(made.getArguments());
      }
      return super.visitNewClass(made, null);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
      if (call.getMethodSelect().toString().equals("Problem.of")) {
        add(call.getArguments());
      }
      return super.visitMethodInvocation(call, null);
    }

    private void add(List<? extends ExpressionTree> arguments) {
      List<List<String>> read = arguments.stream().map(argument -> texts(argument)).toList();
      for (List<String> text : read) {
        for (String one : text) {
          if (one.replace(PUT_IN, "").strip().contains(" ")) {
            texts.add(new ErrorText(source, field(read, text), one));
          }
        }
      }
    }

    private static String field(List<List<String>> arguments, List<String> text) {
      return arguments.stream()
          .filter(other -> other != text)
          .flatMap(List::stream)
          .filter(other -> !other.isEmpty() && !other.contains(" ") && !other.equals(PUT_IN))
          .findFirst()
          .orElse("");
    }

    /** What an expression may read; one text for each branch. */
    private List<String> texts(Tree expression) {
      if (expression instanceof LiteralTree literal) {
        return List.of(literal.getValue() instanceof String text ? text : PUT_IN);
      }
      if (expression instanceof ParenthesizedTree in) {
        return texts(in.getExpression());
      }
      if (expression instanceof ConditionalExpressionTree either) {
        return Stream.concat(
                texts(either.getTrueExpression()).stream(),
                texts(either.getFalseExpression()).stream())
            .toList();
      }
      if (expression instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
        return texts(sum.getLeftOperand()).stream()
            .flatMap(left -> texts(sum.getRightOperand()).stream().map(left::concat))
            .map(text -> text.replace(PUT_IN + PUT_IN, PUT_IN))
            .toList();
      }
      return List.of(constants.getOrDefault(expression.toString(), PUT_IN));
    }
  }
}
