package parity.cosyvoice.llm.qwen2;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.cosyvoice.SampleCapture;
import parity.tensors.BadInputException;

final class Qwen2ConfigReaderTest {
  @TempDir Path folder;

  private Qwen2Config read(byte[] json) throws IOException {
    Path file = Files.createDirectories(folder.resolve("CosyVoice-BlankEN")).resolve("config.json");
    Files.write(file, json);
    return Qwen2ConfigReader.read(folder);
  }

  /** What reading the sample's file says once {@code found} in it is {@code replacement}. */
  private String messageAfter(String found, String replacement) throws IOException {
    String text = Files.readString(SampleCapture.MODEL.resolve("CosyVoice-BlankEN/config.json"));
    assertThat(text).contains(found);
    byte[] json = text.replace(found, replacement).getBytes(StandardCharsets.UTF_8);
    String message =
        String.valueOf(assertThrows(BadInputException.class, () -> read(json)).getMessage());
    assertThat(message).contains("config.json: ");
    assertThat(message.lines().count()).isEqualTo(1);
    return message;
  }

  @Test
  void read_sample_givesItsDimensions() {
    assertThat(Qwen2ConfigReader.read(SampleCapture.MODEL))
        .isEqualTo(new Qwen2Config(151936, 32, 2, 4, 2, 8, 64, 1e-6f, 1e6));
  }

  @Test
  void read_headDimGiven_isNotDerived() throws IOException {
    String text = Files.readString(SampleCapture.MODEL.resolve("CosyVoice-BlankEN/config.json"));
    String more = text.replaceFirst("\\{", "{\"head_dim\": 16,");
    assertThat(read(more.getBytes(StandardCharsets.UTF_8)).headDim()).isEqualTo(16);
  }

  @Test
  void read_noFile_saysWhichIsExpected() {
    var error = assertThrows(BadInputException.class, () -> Qwen2ConfigReader.read(folder));
    assertThat(error).hasMessageThat().contains("config.json: cannot be read");
  }

  @Test
  void read_wrongNumber_namesItAndWhatIsExpected() throws IOException {
    assertThat(messageAfter("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 0"))
        .contains("num_hidden_layers is 0: expected a whole number from 1");
    assertThat(messageAfter("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 2.5"))
        .contains("num_hidden_layers is 2.5: expected a whole number from 1");
    assertThat(messageAfter("\"intermediate_size\": 64", "\"intermediate_size\": 3000000000"))
        .contains("intermediate_size is 3000000000: expected a whole number from 1");
    assertThat(messageAfter("\"rope_theta\"", "\"theta\"")).contains("rope_theta is missing");
    assertThat(messageAfter("\"rms_norm_eps\": 1e-06", "\"rms_norm_eps\": []"))
        .contains("rms_norm_eps is []: expected a number");
  }

  @Test
  void read_headsThatDoNotDivide_saysHow() throws IOException {
    assertThat(messageAfter("\"num_key_value_heads\": 2", "\"num_key_value_heads\": 3"))
        .contains("num_attention_heads is 4: expected a multiple of num_key_value_heads 3");
    assertThat(messageAfter("\"hidden_size\": 32", "\"hidden_size\": 36"))
        .contains("hidden_size is 36: expected num_attention_heads 4 times a multiple of 8");
  }

  @Test
  void read_otherKindOfQwen2_isRefused() throws IOException {
    assertThat(messageAfter("\"silu\"", "\"gelu\"")).contains("hidden_act is gelu: expected silu");
    assertThat(messageAfter("\"use_sliding_window\": false", "\"use_sliding_window\": true"))
        .contains("use_sliding_window is true: expected false");
    String yarn = "{\"type\": \"yarn\", \"factor\": [4.0]}";
    assertThat(messageAfter("\"use_sliding_window\": false", "\"rope_scaling\": " + yarn))
        .contains("rope_scaling is " + yarn + ": expected null");
  }

  @Test
  void read_beyondWhatAnyConfigurationHas_namesFieldAndValue() throws IOException {
    String nines = "9".repeat(1200);
    String digits = " is '" + nines.substring(0, 120) + "...', a number of more than 1000 digits";
    assertThat(messageAfter("\"hidden_size\": 32", "\"hidden_size\": " + nines))
        .contains("hidden_size" + digits);
    assertThat(messageAfter("{", "{\"a\": " + nines + ",")).contains("config.json: a" + digits);
    String deep = "[".repeat(1500) + "]".repeat(1500);
    assertThat(messageAfter("{", "{\"a\":" + deep + ","))
        .contains("a is '" + deep.substring(0, 120) + "...', nested deeper than 1000");
    assertThat(messageAfter("{", "{\"a\":" + "{\"b\":".repeat(100_000)))
        .contains("a is '{\"b\":{\"b\":");
    assertThat(messageAfter("\"hidden_size\": 32", "\"hidden_size\": 1e400"))
        .contains("hidden_size is 1e400: expected a whole number");
    assertThat(messageAfter("\"hidden_size\": 32", "\"hidden_size\": 1e999999999"))
        .contains("hidden_size is 1e999999999: expected a whole number");
    assertThat(messageAfter("\"rope_theta\": 1000000.0", "\"rope_theta\": 1e999999999"))
        .contains("rope_theta is 1e999999999: expected a number above 0");
  }

  @Test
  void read_valuesWithControlCharacters_areQuoted() throws IOException {
    assertThat(messageAfter("\"silu\"", "\"a\\u001b[31m\\nb\""))
        .contains("hidden_act is 'a\\u001b[31m\\u000ab': expected silu");
  }

  @Test
  void read_noJson_saysWhere() throws IOException {
    assertThat(messageAfter("\"num_hidden_layers\": 2,", "\"num_hidden_layers\": 2"))
        .contains("line ");
    assertThat(messageAfter("\"vocab_size\"", "\"hidden_size\"")).contains("hidden_size");
    assertThrows(BadInputException.class, () -> read("[]".getBytes(StandardCharsets.UTF_8)));
    assertThrows(BadInputException.class, () -> read(new byte[0]));
  }
}
