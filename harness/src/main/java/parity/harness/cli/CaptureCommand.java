package parity.harness.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parity.harness.python.CapturePackage;
import parity.harness.python.Interpreter;
import parity.harness.run.ProjectHome;
import parity.tensors.BadInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the Python side; its arguments are Python's to understand. */
@Command(
    name = "capture",
    preprocessor = CaptureCommand.Unchanged.class,
    subcommands = SuiteCommand.class,
    customSynopsis = {
      "parity capture OPTIONS --out DIR",
      "       parity capture make-model OUT OPTIONS",
      "       parity capture suite OUT OPTIONS",
      "       parity capture make-samples|variant|check OPTIONS"
    },
    description = "Runs upstream's Python once, and writes what every module computed.",
    footer = {
      "",
      "The Python package in capture/ does the work. Its Python is the one that $PARITY_PYTHON"
          + " names, else that of the active virtual environment, else that of .venv in the checkout."
          + " With such a Python, parity capture --help lists the options. tools/setup_python.sh"
          + " makes one."
    })
final class CaptureCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  private List<String> arguments = List.of();

  @Override
  public Integer call() {
    ProjectHome home = ProjectHome.find();
    boolean help = arguments.contains("--help") || arguments.contains("-h");
    if (help && Interpreter.find(System.getenv(), home.root()).isEmpty()) {
      spec.commandLine().usage(spec.commandLine().getOut());
      return 0;
    }
    return python(home).run(arguments, spec.commandLine().getErr());
  }

  /**
   * The package with the Python that runs it.
   *
   * @throws BadInputException if there is no Python
   */
  static CapturePackage python(ProjectHome home) {
    Interpreter python =
        Interpreter.find(System.getenv(), home.root())
            .orElseThrow(() ->
                new BadInputException(
                    "capture: there is no Python to run it ("
                        + Interpreter.VARIABLE
                        + " is not set, no virtual environment is active, and there is no "
                        + home.root().resolve(".venv")
                        + "); run tools/setup_python.sh, or set "
                        + Interpreter.VARIABLE
                        + " to a Python with upstream's packages"));
    return new CapturePackage(python, home.captureSources());
  }

  /**
   * Keeps picocli from the arguments of Python: not even {@code --help} or {@code --} is its own.
   * Of a verb below this one it takes none.
   */
  static final class Unchanged implements IParameterPreprocessor {
    @Override
    @SuppressWarnings("JdkObsolete") // picocli's signature
    public boolean preprocess(
        Stack<String> rest, CommandSpec command, @Nullable ArgSpec none, Map<String, Object> info) {
      if (!rest.isEmpty() && command.subcommands().containsKey(rest.peek())) {
        return false;
      }
      List<String> all = new ArrayList<>();
      while (!rest.isEmpty()) {
        all.add(rest.pop());
      }
      ((CaptureCommand) command.userObject()).arguments = all;
      return true;
    }
  }
}
