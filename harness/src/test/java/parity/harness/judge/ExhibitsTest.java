package parity.harness.judge;

import static com.google.common.truth.Truth.assertThat;

import org.junit.jupiter.api.Test;
import parity.compare.Comparison;
import parity.compare.limits.Basis;
import parity.harness.result.Exhibit;
import parity.tensors.Shape;
import parity.tensors.Tensor;

class ExhibitsTest {
  private static final Basis BASIS = new Basis.Fixed(1e-3, 1, "test");
  private static final Tensor RIGHT = Tensor.ofFloats(Shape.of(2, 2), 1, 2, 3, 4);

  private final Exhibits exhibits = new Exhibits();

  private void look(String name, float error) {
    Tensor actual = Tensor.ofFloats(Shape.of(2, 2), 1, 2, 3, 4 + error);
    exhibits.look(Comparison.compare(name, RIGHT, actual, BASIS), RIGHT, actual, BASIS);
  }

  private void lookAlone(String name) {
    Tensor actual = Tensor.ofFloats(Shape.of(2, 2), 1, 2, 3, 5);
    exhibits.lookAlone(Comparison.compare(name, RIGHT, actual, BASIS), RIGHT, actual, BASIS);
  }

  private Iterable<String> names() {
    return exhibits.all().stream().map(Exhibit::name).toList();
  }

  @Test
  void all_nothingWrong_isTheNearestToItsLimit() {
    look("a", 1e-4f);
    look("b", 3e-4f);
    look("c", 2e-4f);
    assertThat(names()).containsExactly("b");
  }

  @Test
  void all_wrong_isTheFirstAndTheWorst() {
    look("a", 0);
    look("b", 0.5f);
    look("c", 0.7f);
    assertThat(names()).containsExactly("b", "c").inOrder();
  }

  @Test
  void all_firstIsTheWorst_isShownOnce() {
    look("b", 0.7f);
    look("c", 0.5f);
    assertThat(names()).containsExactly("b");
  }

  @Test
  void all_wrongAlone_takesThePlaceOfTheFirst() {
    look("b", 0.5f);
    look("c", 0.7f);
    lookAlone("d");
    lookAlone("e");
    assertThat(names()).containsExactly("d", "c").inOrder();
  }

  @Test
  void mel_longerThanIsShown_isCut() {
    Tensor mel = Tensor.ofFloats(Shape.of(1, 2, 5000), new float[10_000]);
    exhibits.mel("mel", mel, mel);
    Exhibit.Mel shown = (Exhibit.Mel) exhibits.all().getFirst();
    assertThat(shown.expected().columns()).isEqualTo(Exhibit.MEL_FRAMES);
    assertThat(shown.frames()).isEqualTo(5000);
  }

  @Test
  void sound_longerThanIsHeard_isCut() {
    Tensor sound = Tensor.ofFloats(Shape.of(1, 500), new float[500]);
    exhibits.sound("sound", 10, sound, sound);
    Exhibit.Sound heard = (Exhibit.Sound) exhibits.all().getFirst();
    assertThat(heard.expected().length()).isEqualTo(10 * Exhibit.SECONDS);
    assertThat(heard.length()).isEqualTo(500);
  }
}
