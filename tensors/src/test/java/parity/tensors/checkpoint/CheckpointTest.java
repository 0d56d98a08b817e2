package parity.tensors.checkpoint;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Little;
import parity.tensors.Tensor;
import parity.tensors.file.FileSlice;

/** Files that PyTorch wrote: {@code make_fixtures.py} and the sample model. */
class CheckpointTest {
  private static final Path MODEL = Path.of("..", "samples", "model");
  private static final Path FIXTURES = Path.of("src/test/resources/parity/tensors");

  @Test
  void open_sampleModel_givesWhatPyTorchReads() {
    try (Checkpoint llm = Checkpoint.open(MODEL.resolve("llm.pt"))) {
      assertThat(llm.names()).hasSize(29);
      assertThat(llm.metadata()).isEmpty();
      Tensor rows = llm.get("speech_embedding.weight");
      assertThat(rows.toString()).isEqualTo("F32 [6761, 32]");
      assertThat(rows.getFloat(0)).isEqualTo(-1.1160437f);
      assertThat(rows.getFloat(rows.elements() - 1)).isEqualTo(1.4092999f);
      assertThat(sum(rows)).isWithin(1e-9).of(-1573.7977508519543);
    }
    try (Checkpoint flow = Checkpoint.open(MODEL.resolve("flow.pt"));
        Checkpoint hift = Checkpoint.open(MODEL.resolve("hift.pt"))) {
      assertThat(sum(flow.get("input_embedding.weight"))).isWithin(1e-9).of(1570.1798466251348);
      assertThat(flow.names()).hasSize(50);
      assertThat(hift.names()).hasSize(328);
    }
  }

  @Test
  void open_sampleLlm_readsItsOverlappingRows() {
    try (Checkpoint llm = Checkpoint.open(MODEL.resolve("llm.pt"))) {
      Tensor head = llm.get("llm.model.lm_head.weight");
      assertThat(head.toString()).isEqualTo("F32 [151936, 32]");
      assertThat(llm.slice("llm.model.lm_head.weight")).isEmpty();
      assertThat(head.getFloat(0)).isEqualTo(-0.76889884f);
      assertThat(head.getFloat(1)).isEqualTo(-0.1542132f);
      assertThat(head.getFloat(32)).isEqualTo(-0.1542132f);
      assertThat(head.getFloat(head.elements() - 1)).isEqualTo(0.2500051f);
      assertThat(sum(head)).isWithin(1e-6).of(-5750.886616027827);
      assertThat(llm.get("llm.model.lm_head.weight")).isSameInstanceAs(head);
    }
  }

  @Test
  void slice_ofEachContiguousTensor_isItsBytesInTheFile() throws IOException {
    try (Checkpoint flow = Checkpoint.open(MODEL.resolve("flow.pt"));
        RandomAccessFile raw = new RandomAccessFile(flow.path().toFile(), "r")) {
      assertThat(flow.slice("input_embedding.weight")).isEmpty();
      for (String name : flow.names()) {
        if (name.equals("input_embedding.weight")) {
          continue;
        }
        FileSlice slice = flow.slice(name).orElseThrow();
        byte[] bytes = new byte[Math.toIntExact(slice.length())];
        raw.seek(slice.offset());
        raw.readFully(bytes);
        assertThat(flow.get(name).data().toArray(Little.BYTE)).isEqualTo(bytes);
        assertThat(slice.file()).isEqualTo(flow.path());
      }
      assertThrows(BadInputException.class, () -> flow.slice("no such tensor"));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F64", "F32", "F16", "BF16", "I64", "I32", "I16", "I8", "U8", "BOOL"})
  void get_eachDType_hasElementsInOrder(DType dtype) {
    try (Checkpoint file = Checkpoint.open(FIXTURES.resolve("torch.pt"))) {
      Tensor tensor = file.get(torchName(dtype));
      assertThat(tensor.toString()).isEqualTo(dtype + " [2, 3]");
      for (int i = 0; i < 6; i++) {
        double value = dtype.isFloating() ? tensor.getDouble(i) : tensor.getLong(i);
        assertThat(value).isEqualTo(dtype == DType.BOOL ? i % 2 : i);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          scalar       | []        | true  | 7
          empty        | [0, 3]    | true  |
          whole        | [2, 3, 4] | true  | 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23
          row          | [3, 4]    | true  | 12 13 14 15 16 17 18 19 20 21 22 23
          transposed   | [6, 4]    | false | 0 6 12 18 1 7 13 19 2 8 14 20 3 9 15 21 4 10 16 22 5 11 17 23
          permuted     | [4, 2, 3] | false | 0 4 8 12 16 20 1 5 9 13 17 21 2 6 10 14 18 22 3 7 11 15 19 23
          every_second | [12]      | false | 1 3 5 7 9 11 13 15 17 19 21 23
          overlapping  | [3, 4]    | false | 2 3 4 5 3 4 5 6 4 5 6 7
          expanded     | [2, 3]    | false | 5 5 5 5 5 5
          parameter    | [2]       | true  | 0 1
          buffer       | [2]       | true  | 0 1
          """)
  void get_views_haveTheirOwnElements(
      String name, String shape, boolean contiguous, @Nullable String values) {
    float[] expected = new float[0];
    if (values != null) {
      double[] numbers =
          Arrays.stream(values.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
      expected = new float[numbers.length];
      for (int i = 0; i < numbers.length; i++) {
        expected[i] = (float) numbers[i];
      }
    }
    try (Checkpoint file = Checkpoint.open(FIXTURES.resolve("torch.pt"))) {
      assertThat(file.get(name).toFloats()).isEqualTo(expected);
      assertThat(file.get(name).shape().toString()).isEqualTo(shape);
      assertThat(file.slice(name).isPresent()).isEqualTo(contiguous);
    }
  }

  @Test
  void others_areWhatIsNoTensor() {
    try (Checkpoint file = Checkpoint.open(FIXTURES.resolve("torch.pt"))) {
      assertThat(file.names()).hasSize(22);
      assertThat(file.get("list.2").toFloats()).isEqualTo(new float[] {0});
      assertThat(file.others().keySet())
          .containsExactly(
              "epoch",
              "big",
              "negative",
              "rate",
              "note",
              "none",
              "flag",
              "list.0",
              "list.1",
              "_metadata")
          .inOrder();
      var e = assertThrows(BadInputException.class, () -> file.get("epoch"));
      assertThat(e)
          .hasMessageThat()
          .isEqualTo(file.path() + ": 'epoch' is int 3, not a tensor of a type that is read");
      e = assertThrows(BadInputException.class, () -> file.get("nothing"));
      assertThat(e)
          .hasMessageThat()
          .isEqualTo(
              file.path()
                  + ": has no tensor 'nothing'; it has 22: 'bfloat16', 'bool', 'buffer', 'empty', ...");
    }
  }

  @Test
  void get_afterClose_isRefused() {
    Checkpoint file = Checkpoint.open(FIXTURES.resolve("torch.pt"));
    Tensor inPlace = file.get("row");
    Tensor copied = file.get("transposed");
    file.close();
    assertThrows(IllegalStateException.class, () -> inPlace.getFloat(0));
    assertThrows(IllegalStateException.class, () -> copied.getFloat(0));
    assertThrows(IllegalStateException.class, () -> file.get("permuted"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          legacy.pt | is in PyTorch's format from before 1.6; load it there and torch.save it again with the default format
          module.pt | asks for 'torch.nn.modules.linear.Linear', which no checkpoint of tensors and plain values needs; it is refused, so save the state_dict alone
          single.npy| is not a zip file; expected a PyTorch checkpoint (.pt or .bin)
          numpy.npz | is a zip file with 0 data.pkl in it; a PyTorch checkpoint (.pt or .bin) has one
          """)
  void open_somethingElse_saysWhatToDo(String name, String message) {
    Path path = FIXTURES.resolve(name);
    var e = assertThrows(BadInputException.class, () -> Checkpoint.open(path));
    assertThat(e).hasMessageThat().isEqualTo(path + ": " + message);
  }

  @Test
  void open_cutOffAnywhere_isRefused() throws IOException {
    byte[] whole = Files.readAllBytes(FIXTURES.resolve("torch.pt"));
    Path cut = Files.createTempFile("cut", ".pt");
    try {
      for (int size = 1; size < whole.length; size += 37) {
        Files.write(cut, Arrays.copyOf(whole, size));
        assertThrows(BadInputException.class, () -> Checkpoint.open(cut).close());
      }
    } finally {
      Files.delete(cut);
    }
  }

  private static String torchName(DType dtype) {
    return switch (dtype) {
      case F64 -> "float64";
      case F32 -> "float32";
      case F16 -> "float16";
      case BF16 -> "bfloat16";
      case I64 -> "int64";
      case I32 -> "int32";
      case I16 -> "int16";
      case I8 -> "int8";
      case U8 -> "uint8";
      case BOOL -> "bool";
      case F8_E4M3 -> "float8_e4m3fn";
      case F8_E5M2 -> "float8_e5m2";
      case F8_E8M0 -> "float8_e8m0fnu";
      case U64 -> "uint64";
      case U32 -> "uint32";
      case U16 -> "uint16";
      case C128 -> "complex128";
      case C64 -> "complex64";
    };
  }

  private static double sum(Tensor tensor) {
    double sum = 0;
    for (long i = 0; i < tensor.elements(); i++) {
      sum += tensor.getDouble(i);
    }
    return sum;
  }
}
