package parity.cosyvoice.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import parity.tensors.BadInputException;

/**
 * What the three files of a tokenizer hold.
 *
 * @param folder where they are, for messages
 * @param vocabulary token, in the letters that stand for bytes, to id
 * @param merges pairs of tokens, the first to be joined first; each once
 * @param added the special tokens of {@code tokenizer_config.json} by the id that it gives them
 */
record TokenizerFiles(
    Path folder,
    Map<String, Integer> vocabulary,
    List<Merge> merges,
    SortedMap<Integer, String> added) {
  /** Two tokens that are joined into one. */
  record Merge(String left, String right) {
    String joined() {
      return left + right;
    }
  }

  /**
   * Reads them.
   *
   * @throws BadInputException if one is missing, cannot be read, or is not of its form
   */
  static TokenizerFiles read(Path folder) {
    return new TokenizerFiles(
        folder,
        VocabularyFile.read(folder.resolve("vocab.json")),
        MergesFile.read(folder.resolve("merges.txt")),
        AddedTokensFile.read(folder.resolve("tokenizer_config.json")));
  }
}
