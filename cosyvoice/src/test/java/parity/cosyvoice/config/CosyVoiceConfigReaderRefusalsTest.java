package parity.cosyvoice.config;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import parity.tensors.BadInputException;

/** One thing in the sample's file is changed, and the complaint says what, where and why. */
final class CosyVoiceConfigReaderRefusalsTest {
  record Wrong(String text, String replacement, String complaint) {}

  static final List<Wrong> WRONG =
      List.of(
          new Wrong(
              "dim: 32",
              "dim: wide",
              "line 59: flow.decoder.estimator.dim is the text 'wide'; expected a whole number from 1 on"),
          new Wrong("dim: 32", "dim: 32.0", "dim is 32.0; expected a whole number"),
          new Wrong("dim: 32", "dim: 0", "dim is 0; expected a whole number from 1 on"),
          new Wrong("dim: 32", "dim: -32", "dim is -32; expected a whole number from 1 on"),
          new Wrong("dim: 32", "dim: 2147483648", "dim is 2147483648; expected a whole number"),
          new Wrong("dim: 32", "dim: 0x20", "dim is 0x20; expected a whole number"),
          new Wrong("dim: 32", "dim: True", "dim is True; expected a whole number"),
          new Wrong("dim: 32", "dim: [32]", "dim is a list of 1; expected a whole number"),
          new Wrong("dim: 32", "dim:", "dim is empty; expected a whole number"),
          new Wrong(
              "dim: 32",
              "dim: !apply:os.system [ls]",
              "dim is !apply:os.system; expected a whole number"),
          new Wrong("dim: 32", "dim: 72", "dim is 72; expected a multiple of 16"),
          new Wrong(
              "dim_head: 8", "dim_head: 7", "dim_head is 7; rotary positions need an even number"),
          new Wrong("            dim: 32\n", "", "line 58: flow.decoder.estimator.dim is missing"),
          new Wrong("mel_dim: 80", "mel_dim: 100", "mel_dim is 100; expected flow.output_size, 80"),
          new Wrong("spk_dim: 80", "spk_dim: 81", "spk_dim is 81; expected flow.output_size, 80"),
          new Wrong("mu_dim: 80", "mu_dim: 81", "mu_dim is 81; expected flow.input_size, 80"),
          new Wrong(
              "num_mels: 80",
              "num_mels: 128",
              "feat_extractor.num_mels is 128; expected flow.output_size, 80"),
          new Wrong(
              "channels: 32\n        pre",
              "chanels: 64\n        pre",
              "flow.pre_lookahead_layer.channels is missing"),
          new Wrong(
              "pre_lookahead_len: 3\n    pre",
              "pre_lookahead_len: 4\n    pre",
              "pre_lookahead_layer.pre_lookahead_len is 3; expected flow.pre_lookahead_len, 4"),
          new Wrong(
              "depth: 2",
              "depht: 3",
              "flow.decoder.estimator.depht is not known; flow.decoder.estimator takes depth, dim, "),
          new Wrong("depth: 2", "long_skip_connection: True", "long_skip_connection is True"),
          new Wrong(
              "CosyVoice3LM",
              "Qwen2LM",
              "line 17: llm is !new:cosyvoice.llm.llm.Qwen2LM; expected !new:cosyvoice.llm.llm.CosyVoice3LM"),
          new Wrong(
              "flow.CausalMaskedDiffWithDiT",
              "flow.CausalMaskedDiffWithXvec",
              "expected !new:cosyvoice.flow.flow.CausalMaskedDiffWithDiT"),
          new Wrong(
              "generator.CausalHiFTGenerator",
              "generator.HiFTGenerator",
              "hift is !new:cosyvoice.hifigan.generator.HiFTGenerator"),
          new Wrong(
              "common.ras_sampling",
              "common.nucleus_sampling",
              "llm.sampling is !name:cosyvoice.utils.common.nucleus_sampling"),
          new Wrong("top_p: 0.8", "top_p: 0", "llm.sampling.top_p is 0.0, which leaves no token"),
          new Wrong(
              "llm: !new:cosyvoice.llm.llm.CosyVoice3LM",
              "lm: !new:cosyvoice.llm.llm.CosyVoice3LM",
              "line 2: llm is missing; expected !new:cosyvoice.llm.llm.CosyVoice3LM"),
          new Wrong(
              "'euler'",
              "'midpoint'",
              "cfm_params.content.solver is the text 'midpoint'; expected euler"),
          new Wrong(
              "'cosine'",
              "'sigmoid'",
              "t_scheduler is the text 'sigmoid'; expected cosine or linear"),
          new Wrong(
              "inference_cfg_rate: 0.7",
              "inference_cfg_rate: .nan",
              "inference_cfg_rate is .nan; expected a finite number"),
          new Wrong(
              "inference_cfg_rate: 0.7",
              "inference_cfg_rate: '0.7'",
              "inference_cfg_rate is the text '0.7'; expected a finite number"),
          new Wrong("* <token_mel_ratio>", "* <ratio>", "<ratio> is not there"),
          new Wrong(
              "spk_embed_dim: 192",
              "spk_embed_dim: !ref <spk_embed_dim>",
              "!ref <spk_embed_dim> refers to itself"),
          new Wrong(
              "chunk_size: 25",
              "chunk_size: [25]",
              "<chunk_size> is no number or text to compute with"),
          new Wrong(
              "!ref <chunk_size> *", "!ref <llm.sos> *", "<llm.sos> is an attribute of an object"),
          new Wrong("* <token_mel_ratio>", "/ 0", "cannot be computed: division by zero"),
          new Wrong(
              "* <token_mel_ratio>",
              "* wide",
              "static_chunk_size is the text '25 * wide'; expected a whole number"),
          new Wrong(
              "sample_rate: 24000",
              "sample_rate: 24000\nsample_rate: 24000",
              "line 8: key sample_rate was already given in line 7"),
          new Wrong("top_k: 25", "top_p: 25", "key top_p was already given in line"),
          new Wrong(
              "output_size: 80",
              "output_size: 100",
              "output_size is 100; upstream's fixed noise has 80"),
          new Wrong(
              "nb_harmonics: 8",
              "nb_harmonics: 7",
              "nb_harmonics is 7; upstream's fixed noise is for 8"),
          new Wrong(
              "sampling_rate: !ref <sample_rate>\n    nsf",
              "sampling_rate: 22050\n    nsf",
              "hift.sampling_rate is 22050, at which"),
          new Wrong("[16, 11, 7]", "[16, 11]", "upsample_kernel_sizes has 2 entries; expected 3"),
          new Wrong("[8, 5, 3]", "[]", "upsample_rates is empty"),
          new Wrong(
              "[8, 5, 3]", "[8, 5, x]", "upsample_rates is the text 'x'; expected a whole number"),
          new Wrong(
              "[8, 5, 3]", "(8, 5, x)", "upsample_rates is the text 'x'; expected a whole number"),
          new Wrong("[8, 5, 3]", "8", "upsample_rates is 8; expected a list of whole numbers"),
          new Wrong("n_fft: 16", "n_fft: 15", "istft_params needs an even n_fft"),
          new Wrong(
              "hop_len: 4",
              "hop_len: 17",
              "istft_params needs an even n_fft and a hop_len of at most n_fft"),
          new Wrong(
              "base_channels: 32", "base_channels: 7", "base_channels is 7; it is halved 3 times"),
          new Wrong(
              "num_class: 1", "num_class: 2", "num_class is 2; a pitch is one number a frame"),
          new Wrong("win_size: 1920", "win_size: 1921", "win_size is larger than n_fft, 1920"),
          new Wrong(
              "center: False", "center: nope", "center is the text 'nope'; expected True or False"),
          new Wrong(
              "version: cosyvoice3",
              "version: cosyvoice2",
              "get_tokenizer.version is the text 'cosyvoice2'; expected cosyvoice3"),
          new Wrong(
              "hift: !new",
              "extra: !new:torch.nn.Linear\n    in_features: 3\n    out_features: 3\nhift: !new",
              "hift must be the next !new: object after flow, found [llm, flow, extra, hift]"));

  @TempDir Path folder;

  private String complaint(String text, String replacement) throws IOException {
    String sample =
        Files.readString(
            Path.of("..", "samples", "model").resolve(CosyVoiceConfigReader.FILE_NAME));
    int at = sample.indexOf(text);
    assertThat(at).isAtLeast(0);
    Path file = folder.resolve(CosyVoiceConfigReader.FILE_NAME);
    Files.writeString(
        file, sample.substring(0, at) + replacement + sample.substring(at + text.length()));
    BadInputException refusal =
        assertThrows(BadInputException.class, () -> CosyVoiceConfigReader.read(folder));
    assertThat(refusal).hasMessageThat().startsWith(file + " line ");
    assertThat(refusal).hasMessageThat().doesNotContain("\n");
    return String.valueOf(refusal.getMessage());
  }

  @ParameterizedTest
  @FieldSource("WRONG")
  void read_oneThingWrong_saysWhatWhereAndWhy(Wrong wrong) throws IOException {
    assertThat(complaint(wrong.text(), wrong.replacement())).contains(wrong.complaint());
  }

  @Test
  void read_beyondWhatAnyConfigurationHas_namesFieldAndValue() throws IOException {
    String nines = "9".repeat(1200);
    assertThat(complaint("dim: 32", "dim: " + nines))
        .contains("flow.decoder.estimator.dim is '" + nines.substring(0, 120) + "...'; expected");
    assertThat(complaint("rate: 24000", "rate: " + nines)).contains("'" + nines.substring(0, 120));
    String deep = "[".repeat(1500) + "]".repeat(1500);
    assertThat(complaint("hift: !new", "deep: " + deep + "\nhift: !new"))
        .contains("deep is '" + deep.substring(0, 120) + "...', which nests more than 100 levels");
    assertThat(complaint("dim: 32", "dim: " + deep)).contains("flow is '");
    assertThat(complaint("dim: 32", "dim: !ref " + "(".repeat(1500) + "1" + ")".repeat(1500)))
        .contains("flow.decoder.estimator.dim is the text '(((");
  }

  @Test
  void read_chainOfReferences_isRefusedWhereItEnds() throws IOException {
    StringBuilder chain = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      chain.append("a").append(i).append(": !ref <a").append(i + 1).append(">\n");
    }
    String sample =
        Files.readString(
            Path.of("..", "samples", "model").resolve(CosyVoiceConfigReader.FILE_NAME));
    assertThat(
            complaint(
                sample,
                chain
                    + "a20000: 32\n"
                    + sample.replace("            dim: 32", "            dim: !ref <a0>")))
        .contains("!ref <a50> is the end of more than 50 references one after the other");
  }

  @Test
  void read_valueWithControlCharacters_isQuoted() throws IOException {
    assertThat(complaint("dim: 32", "dim: \"a\\e[31mb\""))
        .contains("dim is the text 'a\\u001b[31mb'; expected");
  }

  /** Drawn from the same generator, so another order would be another noise. */
  @Test
  void read_decoderBeforeLookahead_isRefused() throws IOException {
    String text =
        Files.readString(
            Path.of("..", "samples", "model").resolve(CosyVoiceConfigReader.FILE_NAME));
    int layer = text.indexOf("    pre_lookahead_layer:");
    int decoder = text.indexOf("    decoder:");
    int hift = text.indexOf("hift:");

    assertThat(
            complaint(
                text.substring(layer, hift),
                text.substring(decoder, hift) + text.substring(layer, decoder)))
        .contains("flow.decoder must be the last !new: object of flow");
  }
}
