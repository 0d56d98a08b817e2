package parity.harness;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rooms of docs/architecture.md: which package may use which. */
class ArchitectureTest {
  private static final List<String> MODULES = List.of("tensors", "compare", "cosyvoice", "harness");

  /** How many a package may have; beyond them it wants walls. */
  private static final int TYPES = 20;

  /** Every package, and those of ours that it uses; none but these, and each of them. */
  private static final String ROOMS =
      """
      tensors ->
      tensors.checkpoint -> tensors tensors.file tensors.pickle tensors.zip
      tensors.file -> tensors
      tensors.format -> tensors tensors.checkpoint tensors.file tensors.zip
      tensors.pickle -> tensors tensors.file
      tensors.random -> tensors
      tensors.zip -> tensors tensors.file
      compare -> compare.limits compare.noise compare.scan compare.verdict compare.view tensors
      compare.limits -> tensors
      compare.noise -> compare.limits compare.scan compare.view tensors
      compare.scan -> compare.view tensors
      compare.verdict -> compare.limits compare.noise compare.scan compare.view tensors
      compare.view -> tensors
      cosyvoice ->
      cosyvoice.audio -> cosyvoice.config tensors
      cosyvoice.audio.file -> cosyvoice.audio tensors
      cosyvoice.config -> tensors tensors.file
      cosyvoice.flow -> cosyvoice.config cosyvoice.flow.dit cosyvoice.nn cosyvoice.onnx \
          cosyvoice.tap cosyvoice.weights tensors
      cosyvoice.flow.dit -> cosyvoice.config cosyvoice.nn cosyvoice.onnx tensors
      cosyvoice.frontend -> cosyvoice.audio cosyvoice.audio.file cosyvoice.config cosyvoice.onnx \
          tensors
      cosyvoice.hift -> cosyvoice.config cosyvoice.hift.generator cosyvoice.hift.source \
          cosyvoice.nn cosyvoice.onnx cosyvoice.tap cosyvoice.weights tensors tensors.file
      cosyvoice.hift.generator -> cosyvoice.config cosyvoice.nn cosyvoice.onnx tensors
      cosyvoice.hift.source -> cosyvoice.config cosyvoice.onnx cosyvoice.tap tensors
      cosyvoice.llm -> cosyvoice.config cosyvoice.llm.qwen2 cosyvoice.llm.sampling cosyvoice.nn \
          cosyvoice.onnx cosyvoice.tap cosyvoice.weights tensors tensors.random
      cosyvoice.llm.qwen2 -> cosyvoice.nn cosyvoice.onnx tensors tensors.file
      cosyvoice.llm.sampling -> cosyvoice.config tensors tensors.random
      cosyvoice.nn -> cosyvoice.onnx
      cosyvoice.onnx -> tensors tensors.file
      cosyvoice.random -> cosyvoice.config tensors tensors.random
      cosyvoice.synthesis -> cosyvoice.config cosyvoice.flow cosyvoice.frontend cosyvoice.hift \
          cosyvoice.llm cosyvoice.llm.qwen2 cosyvoice.onnx cosyvoice.synthesis.steps \
          cosyvoice.tap cosyvoice.text cosyvoice.weights tensors tensors.format tensors.random
      cosyvoice.synthesis.steps -> cosyvoice.config cosyvoice.hift.source cosyvoice.random \
          tensors
      cosyvoice.tap -> cosyvoice.onnx tensors
      cosyvoice.text -> tensors tensors.file
      cosyvoice.weights -> cosyvoice.onnx tensors tensors.checkpoint tensors.file
      harness -> harness.cli harness.console harness.diff tensors
      harness.bench -> compare.scan cosyvoice.config cosyvoice.flow cosyvoice.hift \
          cosyvoice.hift.source cosyvoice.llm cosyvoice.llm.qwen2 cosyvoice.llm.sampling \
          cosyvoice.onnx cosyvoice.random cosyvoice.synthesis cosyvoice.synthesis.steps \
          cosyvoice.tap cosyvoice.weights harness.run tensors tensors.format tensors.random
      harness.calibrate -> compare compare.limits compare.noise compare.verdict harness.capture \
          harness.port.dump tensors
      harness.capture -> tensors tensors.file tensors.format
      harness.check -> cosyvoice.config cosyvoice.flow cosyvoice.frontend cosyvoice.hift \
          cosyvoice.llm cosyvoice.llm.qwen2 cosyvoice.text cosyvoice.weights harness.console \
          harness.report tensors tensors.checkpoint tensors.file tensors.format
      harness.cli -> compare.verdict cosyvoice.config cosyvoice.synthesis harness.check \
          harness.cli.development harness.cli.options harness.console harness.diff harness.names \
          harness.python harness.regime harness.report harness.result harness.run harness.speak \
          harness.stage harness.suggest harness.suite tensors tensors.format
      harness.cli.development -> harness.bench harness.calibrate \
          harness.cli.options harness.limits harness.mutation harness.mutation.code harness.run \
          tensors
      harness.cli.options -> cosyvoice.audio.file cosyvoice.synthesis harness.capture \
          harness.names harness.plan harness.port harness.regime harness.report harness.result \
          harness.run harness.speak harness.stage tensors tensors.file
      harness.console -> tensors
      harness.diff -> compare compare.limits compare.scan compare.verdict compare.view \
          harness.names harness.report tensors tensors.format
      harness.judge -> compare compare.limits compare.noise compare.scan compare.verdict \
          compare.view harness.capture harness.console harness.limits harness.plan harness.port \
          harness.report harness.result tensors
      harness.launch ->
      harness.limits -> compare.limits harness.capture tensors
      harness.mutation -> compare.verdict cosyvoice.config cosyvoice.onnx cosyvoice.synthesis \
          cosyvoice.weights harness.capture harness.console harness.limits harness.plan \
          harness.port harness.port.java harness.result harness.stage tensors
      harness.mutation.code -> harness.run tensors
      harness.names -> compare.view tensors tensors.file
      harness.plan -> compare.limits compare.scan compare.verdict cosyvoice.config \
          harness.capture harness.limits harness.plan.inputs tensors tensors.file
      harness.plan.inputs -> cosyvoice.config cosyvoice.llm.sampling harness.capture tensors \
          tensors.random
      harness.port -> cosyvoice.config cosyvoice.onnx cosyvoice.tap harness.capture \
          harness.console harness.names harness.plan tensors
      harness.port.command -> harness.capture harness.console harness.plan harness.port \
          harness.port.dump tensors tensors.format
      harness.port.dump -> compare.view harness.console harness.names \
          harness.plan harness.port tensors tensors.format
      harness.port.java -> compare.verdict cosyvoice.audio.file cosyvoice.config cosyvoice.flow \
          cosyvoice.frontend cosyvoice.hift cosyvoice.hift.source cosyvoice.llm \
          cosyvoice.llm.qwen2 cosyvoice.llm.sampling cosyvoice.onnx cosyvoice.random \
          cosyvoice.synthesis cosyvoice.synthesis.steps cosyvoice.tap cosyvoice.text \
          cosyvoice.weights harness.capture harness.console harness.plan harness.plan.inputs \
          harness.port harness.report harness.sampling tensors
      harness.python -> tensors
      harness.regime -> cosyvoice.config harness.capture harness.plan.inputs harness.result \
          tensors tensors.file
      harness.replay -> compare compare.limits compare.verdict cosyvoice.onnx cosyvoice.tap \
          cosyvoice.weights harness.capture harness.judge harness.limits harness.names \
          harness.plan harness.port tensors
      harness.report -> compare.limits compare.noise compare.scan compare.verdict compare.view \
          harness.result tensors
      harness.report.html -> compare.limits compare.noise compare.scan compare.verdict \
          harness.console harness.report harness.result tensors
      harness.result -> compare.verdict cosyvoice.onnx
      harness.run -> compare.verdict cosyvoice.config cosyvoice.synthesis cosyvoice.weights \
          harness.capture harness.console harness.limits harness.names harness.plan harness.port \
          harness.port.java harness.regime harness.report harness.report.html harness.result \
          harness.stage tensors tensors.checkpoint tensors.file tensors.format
      harness.sampling -> compare.limits cosyvoice.llm cosyvoice.llm.sampling harness.capture \
          harness.limits harness.plan harness.plan.inputs harness.port tensors tensors.random
      harness.speak -> cosyvoice.audio.file cosyvoice.synthesis harness.console \
          tensors tensors.file
      harness.stage -> compare.limits cosyvoice.config cosyvoice.onnx harness.capture \
          harness.console harness.judge harness.limits harness.plan harness.port \
          harness.port.command harness.port.dump harness.port.java harness.replay \
          harness.result tensors
      harness.suggest -> compare.view harness.capture harness.names harness.plan \
          harness.port.dump harness.result harness.stage tensors
      harness.suite -> cosyvoice.config harness.result harness.run tensors
      """;

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          // Fixtures that one module lends to others come as a jar.
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("parity");

  private static Map<String, Set<String>> rooms() {
    Map<String, Set<String>> rooms = new TreeMap<>();
    for (String line : ROOMS.lines().toList()) {
      List<String> names = List.of(line.replace(" ->", "").split(" +"));
      rooms.put(names.getFirst(), new TreeSet<>(names.subList(1, names.size())));
    }
    return rooms;
  }

  private static Map<String, Set<String>> used() {
    Map<String, Set<String>> used = new TreeMap<>();
    for (JavaClass type : OURS) {
      Set<String> others = used.computeIfAbsent(room(type), name -> new TreeSet<>());
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(ArchitectureTest::isOurs)
          .map(ArchitectureTest::room)
          .filter(other -> !other.equals(room(type)))
          .forEach(others::add);
    }
    return used;
  }

  private static List<String> lines(Map<String, Set<String>> rooms) {
    return rooms.entrySet().stream()
        .map(room -> (room.getKey() + " -> " + String.join(" ", room.getValue())).trim())
        .toList();
  }

  /** Without {@code parity.}, and of a class inside another that of the outer one. */
  private static String room(JavaClass of) {
    return of.getPackageName().substring("parity.".length());
  }

  private static boolean isOurs(JavaClass type) {
    return type.getPackageName().startsWith("parity.");
  }

  /** A line that is missing here is printed as it is to be, once it has been thought about. */
  @Test
  void everyPackage_hasALineAndUsesWhatItSays() {
    assertThat(lines(used())).containsExactlyElementsIn(lines(rooms()));
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching("parity.(**)").should().beFreeOfCycles().check(OURS);
  }

  @Test
  void modules_knowOnlyTheirBetters() {
    rooms()
        .forEach((room, may) -> {
          Set<String> modules =
              may.stream()
                  .filter(used -> !used.isEmpty())
                  .map(ArchitectureTest::module)
                  .collect(Collectors.toCollection(TreeSet::new));
          modules.remove(module(room));
          switch (module(room)) {
            case "tensors" -> assertWithMessage(room).that(modules).isEmpty();
            case "compare", "cosyvoice" ->
                assertWithMessage(room).that(Set.of("tensors")).containsAtLeastElementsIn(modules);
            default ->
                assertWithMessage(room)
                    .that(Set.of("tensors", "compare", "cosyvoice"))
                    .containsAtLeastElementsIn(modules);
          }
        });
  }

  private static String module(String room) {
    return room.split("\\.", -1)[0];
  }

  @Test
  void onlyGraphsAndProvenance_touchOnnxRuntime() {
    noClasses()
        .that()
        .resideOutsideOfPackages("parity.cosyvoice.onnx..", "parity.harness.result..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.onnxruntime..")
        .check(OURS);
  }

  @Test
  void everyPackage_saysWhatLivesThereAndForbidsNull() throws IOException {
    for (Path folder : folders()) {
      Path info = folder.resolve("package-info.java");
      assertWithMessage("%s exists", info).that(Files.exists(info)).isTrue();
      assertWithMessage("%s", info).that(Files.readString(info)).contains("@NullMarked");
    }
  }

  @Test
  void everyPackage_canBeTakenInAtAGlance() throws IOException {
    for (Path folder : folders()) {
      try (Stream<Path> files = Files.list(folder)) {
        long types =
            files
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(".java") && !name.equals("package-info.java"))
                .count();
        assertWithMessage("types in %s", folder).that(types).isAtMost(TYPES);
      }
    }
  }

  private static Set<Path> folders() throws IOException {
    Set<Path> folders = new TreeSet<>();
    for (String module : MODULES) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .forEach(file -> folders.add(file.getParent()));
      }
    }
    assertWithMessage("packages").that(folders).isNotEmpty();
    return folders;
  }
}
