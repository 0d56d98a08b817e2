package parity.cosyvoice.text;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.primitives.Ints;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parity.tensors.BadInputException;

/**
 * Java's text frontend says what upstream's says of every text of a file: of the golden one, or of
 * that which {@code PARITY_TEXTS} names. {@code tools/try_texts.sh} makes such files.
 */
final class UpstreamTextsTest {
  private static final Path MODEL =
      Path.of(Optional.ofNullable(System.getenv("PARITY_TEXTS_MODEL")).orElse("../samples/model"));
  private static final UpstreamTexts UPSTREAM =
      UpstreamTexts.read(
          Optional.ofNullable(System.getenv("PARITY_TEXTS"))
              .map(Path::of)
              .orElse(UpstreamTexts.GOLDEN));

  /** Of {@code text[-1]}. */
  private static final String EMPTY_TEXT = "IndexError: string index out of range";

  /** Of {@code utts.pop(-1)}. */
  private static final String QUOTE_BEHIND_A_STOP_ALONE = "IndexError: pop from empty list";

  private final TextFrontend frontend = TextFrontend.open(MODEL);

  @Test
  void file_anyText_isThere() {
    assertThat(UPSTREAM.texts()).isNotEmpty();
  }

  @Test
  void tokens_everyText_areUpstreams() {
    for (UpstreamTexts.Said said : UPSTREAM.texts()) {
      assertWithMessage(said.text()).that(tokens(said.text())).isEqualTo(said.tokens());
    }
  }

  @Test
  void tokens_everySpecialToken_isOneIdWhereverItStands() {
    UPSTREAM
        .specialTokens()
        .forEach((token, id) -> {
          assertWithMessage(token).that(tokens(token)).containsExactly(id);
          assertWithMessage(token).that(tokens("a" + token + token)).containsAtLeast(id, id);
        });
  }

  @Test
  void textNormalize_everyText_isUpstreams() {
    for (UpstreamTexts.Said said : UPSTREAM.texts()) {
      switch (said.raises()) {
        case "" -> {
          assertWithMessage(said.text())
              .that(frontend.textNormalize(said.text(), false))
              .containsExactly(said.normalized());
          List<String> segments = frontend.textNormalize(said.text(), true);
          assertWithMessage(said.text()).that(segments).isEqualTo(said.segments());
          assertWithMessage(said.text())
              .that(segments.stream().map(this::tokens).toList())
              .isEqualTo(said.segmentTokens());
        }
        case "NumOutOfRangeError: ", "IndexError: list index out of range" ->
            assertWithMessage(said.text()).that(refuses(said.text())).isTrue();
        case EMPTY_TEXT ->
            assertWithMessage(said.text())
                .that(frontend.textNormalize(said.text(), true))
                .isEmpty();
        case QUOTE_BEHIND_A_STOP_ALONE ->
            assertWithMessage(said.text())
                .that(String.join("", frontend.textNormalize(said.text(), true)))
                .doesNotContainMatch("^[.?!;:。？！；：、]");
        default -> throw new AssertionError(said.text() + ": upstream raises " + said.raises());
      }
    }
  }

  private boolean refuses(String text) {
    try {
      frontend.textNormalize(text, true);
      return false;
    } catch (BadInputException e) {
      return true;
    }
  }

  private List<Integer> tokens(String text) {
    return Ints.asList(frontend.tokens(text).toInts());
  }
}
