package parity.harness;

import static com.google.common.truth.Truth.assertWithMessage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows of docs/architecture.md. */
class ArchitectureTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("parity");

  private static void mayUseOfOurs(String room, String... others) {
    Stream<String> packages = Stream.concat(Stream.of(room), Stream.of(others));
    classes()
        .that()
        .resideInAPackage(room)
        .should()
        .onlyDependOnClassesThat(
            DescribedPredicate.or(
                JavaClass.Predicates.resideOutsideOfPackage("parity.."),
                JavaClass.Predicates.resideInAnyPackage(packages.toArray(String[]::new))))
        .check(OURS);
  }

  @Test
  void tensors_useNothingOfOurs() {
    mayUseOfOurs("parity.tensors..");
  }

  @Test
  void compare_usesTensorsAlone() {
    mayUseOfOurs("parity.compare..", "parity.tensors..");
  }

  @Test
  void cosyvoice_usesTensorsAlone() {
    mayUseOfOurs("parity.cosyvoice..", "parity.tensors..");
  }

  @Test
  void graphs_knowNothingOfTheModel() {
    mayUseOfOurs("parity.cosyvoice.onnx..", "parity.tensors..");
  }

  @Test
  void reportsAndResults_knowNothingOfTheModel() {
    noClasses()
        .that()
        .resideInAnyPackage("parity.harness.report..", "parity.harness.result..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("parity.cosyvoice..")
        .check(OURS);
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
  void roomsOfTheHarness_knowOnlyWhatStandsBelowThem() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("main")
        .definedBy("parity.harness")
        .layer("cli")
        .definedBy("parity.harness.cli")
        .layer("run")
        .definedBy("parity.harness.run")
        .layer("stage")
        .definedBy("parity.harness.stage")
        .layer("report")
        .definedBy("parity.harness.report..")
        .layer("result")
        .definedBy("parity.harness.result")
        .layer("capture")
        .definedBy("parity.harness.capture")
        .layer("python")
        .definedBy("parity.harness.python")
        .layer("calibrate")
        .definedBy("parity.harness.calibrate")
        .layer("diff")
        .definedBy("parity.harness.diff")
        .layer("check")
        .definedBy("parity.harness.check")
        .layer("candidate")
        .definedBy("parity.harness.candidate")
        .layer("names")
        .definedBy("parity.harness.names")
        .whereLayer("main")
        .mayOnlyAccessLayers("cli", "diff")
        .whereLayer("cli")
        .mayOnlyAccessLayers(
            "run",
            "report",
            "result",
            "capture",
            "python",
            "calibrate",
            "diff",
            "names",
            "candidate",
            "check")
        .whereLayer("run")
        .mayOnlyAccessLayers("stage", "report", "result", "capture", "candidate")
        .whereLayer("stage")
        .mayOnlyAccessLayers("report", "result", "capture", "candidate", "names")
        .whereLayer("report")
        .mayOnlyAccessLayers("result")
        .whereLayer("result")
        .mayNotAccessAnyLayer()
        .whereLayer("capture")
        .mayNotAccessAnyLayer()
        .whereLayer("python")
        .mayNotAccessAnyLayer()
        .whereLayer("diff")
        .mayOnlyAccessLayers("report", "names")
        .whereLayer("check")
        .mayOnlyAccessLayers("report", "capture")
        .whereLayer("candidate")
        .mayOnlyAccessLayers("names")
        .whereLayer("names")
        .mayNotAccessAnyLayer()
        .whereLayer("calibrate")
        .mayOnlyAccessLayers("capture", "candidate", "names")
        .check(OURS);
  }

  @Test
  void roomsOfTheHarness_haveNoCycles() {
    slices().matching("parity.harness.(*)..").should().beFreeOfCycles().check(OURS);
  }

  @Test
  void packagesOfTheModel_haveNoCycles() {
    slices().matching("parity.cosyvoice.(*)..").should().beFreeOfCycles().check(OURS);
  }

  @Test
  void everyPackage_saysWhatLivesThereAndForbidsNull() throws IOException {
    for (String module : List.of("tensors", "compare", "cosyvoice", "harness")) {
      Path sources = Path.of("..", module, "src", "main", "java");
      try (Stream<Path> files = Files.walk(sources)) {
        List<Path> packages =
            files
                .filter(file -> file.toString().endsWith(".java"))
                .map(Path::getParent)
                .distinct()
                .toList();
        assertWithMessage("packages of %s", module).that(packages).isNotEmpty();
        for (Path folder : packages) {
          Path info = folder.resolve("package-info.java");
          assertWithMessage("%s exists", info).that(Files.exists(info)).isTrue();
          assertWithMessage("%s", info).that(Files.readString(info)).contains("@NullMarked");
        }
      }
    }
  }
}
