package parity.harness.check;

import java.util.List;

/** The files of a release, as upstream and this program read them. */
final class ReleaseFiles {
  /**
   * What {@code Qwen2ForCausalLM.from_pretrained} takes (llm/llm.py, {@code Qwen2Encoder}); any one
   * of them will do. {@code llm.pt} then replaces all of it.
   */
  static final List<String> BLANK =
      List.of("CosyVoice-BlankEN/model.safetensors", "CosyVoice-BlankEN/pytorch_model.bin");

  /** One of them. */
  record Release(String name, Need need) {}

  /** In the order in which they are listed. */
  static final List<Release> ALL =
      List.of(
          new Release("cosyvoice3.yaml", Need.REQUIRED),
          new Release("CosyVoice-BlankEN/config.json", Need.REQUIRED),
          new Release("CosyVoice-BlankEN/vocab.json", Need.REQUIRED),
          new Release("CosyVoice-BlankEN/merges.txt", Need.REQUIRED),
          new Release("CosyVoice-BlankEN/tokenizer_config.json", Need.REQUIRED),
          new Release(BLANK.getFirst(), Need.UPSTREAM),
          new Release(BLANK.getLast(), Need.UPSTREAM),
          new Release("llm.pt", Need.REQUIRED),
          new Release("llm.rl.pt", Need.OPTIONAL),
          new Release("flow.pt", Need.REQUIRED),
          new Release("hift.pt", Need.REQUIRED),
          new Release("campplus.onnx", Need.REQUIRED),
          new Release("speech_tokenizer_v3.onnx", Need.REQUIRED));

  private ReleaseFiles() {}

  static Need need(String name) {
    return ALL.stream()
        .filter(file -> file.name().equals(name))
        .map(Release::need)
        .findFirst()
        .orElse(Need.OTHER);
  }
}
