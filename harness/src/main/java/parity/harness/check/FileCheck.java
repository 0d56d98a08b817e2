package parity.harness.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import parity.cosyvoice.frontend.SpeakerEncoder;
import parity.cosyvoice.frontend.SpeechTokenizer;
import parity.cosyvoice.weights.StateDict;
import parity.harness.console.Progress;
import parity.harness.report.Words;
import parity.tensors.BadInputException;
import parity.tensors.Text;
import parity.tensors.format.TensorFiles;

/**
 * Looks at single files of a folder; several threads may.
 *
 * @param capture metadata of the capture whose model this is to be; empty if none is asked for
 */
record FileCheck(Path modelDir, Expected expected, Map<String, String> capture, Progress progress) {
  /** So many names of a kind are told. */
  private static final int NAMED = 5;

  private static final String AGAIN = "; it is damaged, so get it again";

  /** What is in a file, as far as it could be read. */
  private record Content(
      String says, Optional<String> sha256, Optional<WeightsFound> weights, List<String> problems) {
    static Content of(String says, String sha256, Optional<String> problem) {
      return new Content(
          says, Optional.of(sha256), Optional.empty(), problem.map(List::of).orElse(List.of()));
    }
  }

  ModelFile of(String name) {
    Path file = modelDir.resolve(name);
    Optional<String> link = link(file);
    Need need = ReleaseFiles.need(name);
    if (!Files.isRegularFile(file)) {
      return absent(name, need, link);
    }
    Content content = read(name, file);
    List<String> problems =
        new ArrayList<>(content.problems.stream().map(problem -> brief(file, problem)).toList());
    Optional<Boolean> ofCapture =
        Optional.ofNullable(capture.get("sha256 " + name))
            .flatMap(sum -> content.sha256.map(sum::equals));
    if (ofCapture.filter(same -> !same).isPresent()) {
      problems.add(
          "not the file that the capture was made from (its sha256 differs); give the capture's own"
              + " model, or capture again");
    }
    return new ModelFile(
        name,
        need,
        link,
        size(file),
        content.sha256,
        content.weights,
        ofCapture,
        content.says,
        problems);
  }

  private Content read(String name, Path file) {
    try {
      return content(name, file);
    } catch (BadInputException e) {
      return unreadable(file, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return unreadable(file, "cannot be read (" + e.getMessage() + "); get it again");
    }
  }

  private static ModelFile absent(String name, Need need, Optional<String> link) {
    String why =
        link.map(target -> "is a link to " + Text.quote(target) + ", where no file is")
            .orElse("no such file");
    List<String> problems =
        need == Need.REQUIRED || link.isPresent()
            ? List.of(why + "; get it again from the release")
            : List.of();
    String says =
        need == Need.UPSTREAM && problems.isEmpty()
            ? "not there, nor pytorch_model.bin; upstream needs one of them, nothing here does"
            : "not there";
    return new ModelFile(
        name,
        need,
        link,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        says,
        problems);
  }

  /** Whatever cannot be read as what it should be still has a hash, if it has bytes. */
  private Content unreadable(Path file, String problem) {
    Optional<String> sha256;
    try {
      sha256 = Optional.of(FilePass.sha256(file, progress));
    } catch (IOException e) {
      sha256 = Optional.empty();
    }
    return new Content("cannot be used", sha256, Optional.empty(), List.of(problem));
  }

  private Content content(String name, Path file) throws IOException {
    return switch (name) {
      case "cosyvoice3.yaml" -> small(file, "configuration", expected.config().problem());
      case "CosyVoice-BlankEN/config.json" ->
          small(file, "dimensions of the text model", expected.qwen().problem());
      case "CosyVoice-BlankEN/vocab.json",
          "CosyVoice-BlankEN/merges.txt",
          "CosyVoice-BlankEN/tokenizer_config.json" ->
          small(file, "tokenizer", expected.tokenizerProblem(file));
      case "llm.pt", "llm.rl.pt", "flow.pt", "hift.pt" -> checkpoint(name, file);
      case "campplus.onnx" -> {
        String sum = FilePass.sha256(file, progress);
        expected
            .config()
            .value()
            .ifPresent(config -> SpeakerEncoder.open(file, config.spkEmbedDim()).close());
        yield Content.of("ONNX, opens", sum, Optional.empty());
      }
      case "speech_tokenizer_v3.onnx" -> {
        String sum = FilePass.sha256(file, progress);
        SpeechTokenizer.open(file).close();
        yield Content.of("ONNX, opens", sum, Optional.empty());
      }
      default -> other(name, file);
    };
  }

  /** What upstream alone reads must be whole; of what nobody needs only the checksums are held. */
  private Content other(String name, Path file) throws IOException {
    boolean upstream = ReleaseFiles.need(name) == Need.UPSTREAM;
    String whose = upstream ? "upstream alone reads it" : "not needed";
    if (name.endsWith(".safetensors") && upstream) {
      TensorFiles.open(file).close();
    }
    if (name.endsWith(".pt") || name.endsWith(".bin")) {
      try {
        Content found = checkpoint(name, file);
        return new Content(whose + ": " + found.says, found.sha256, found.weights, found.problems);
      } catch (BadInputException e) {
        if (upstream) {
          throw e;
        }
      }
    }
    return small(file, whose, Optional.empty());
  }

  private Content small(Path file, String says, Optional<String> problem) throws IOException {
    return Content.of(
        problem.isEmpty() ? says : "cannot be used", FilePass.sha256(file, progress), problem);
  }

  private Content checkpoint(String name, Path file) {
    Expected.Read<StateDict> state = expected.state(name);
    CheckpointPass.Result result =
        CheckpointPass.of(file, name.equals("hift.pt"), state.value(), progress);
    WeightsFound found = result.found();
    List<String> problems = new ArrayList<>();
    if (!found.damaged().isEmpty()) {
      problems.add("its member " + named(found.damaged()) + AGAIN);
    }
    state.problem().ifPresent(problems::add);
    if (!found.difference().isEmpty()) {
      problems.add(found.difference().toString());
    }
    if (!found.notFloat32().isEmpty()) {
      problems.add(
          named(found.notFloat32())
              + "; only float32 is read here, as the release has it: convert and save it again");
    }
    if (!found.notFinite().isEmpty()) {
      List<String> counts =
          found.notFinite().entrySet().stream()
              .map(
                  tensor -> Text.quote(tensor.getKey()) + " has " + Words.number(tensor.getValue()))
              .toList();
      problems.add("numbers that are NaN or infinite: " + named(counts) + AGAIN);
    }
    return new Content(says(found), Optional.of(result.sha256()), Optional.of(found), problems);
  }

  private static String says(WeightsFound found) {
    String types =
        found.tensors().entrySet().stream()
            .map(type -> Words.count(type.getValue(), type.getKey() + " tensor"))
            .collect(Collectors.joining(", "));
    return "%s, CRC-32 of %s".formatted(types, Words.count(found.members(), "member"));
  }

  private static String named(List<String> phrases) {
    String more = phrases.size() > NAMED ? " and " + (phrases.size() - NAMED) + " more" : "";
    return phrases.stream().limit(NAMED).collect(Collectors.joining(", ")) + more;
  }

  /** A message without the file's path, as its name stands before it. */
  private static String brief(Path file, String problem) {
    String path = file.toString();
    return problem.startsWith(path)
        ? problem.substring(path.length()).replaceFirst("^:? ", "")
        : problem;
  }

  private static Optional<Long> size(Path file) {
    try {
      return Optional.of(Files.size(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> link(Path file) {
    try {
      return Files.isSymbolicLink(file)
          ? Optional.of(
              Files.exists(file)
                  ? file.toRealPath().toString()
                  : Files.readSymbolicLink(file).toString())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
