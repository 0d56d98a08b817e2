package parity.cosyvoice.text;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.GptBytePairEncodingParams;
import com.knuddels.jtokkit.api.IntArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import parity.cosyvoice.text.TokenizerFiles.Merge;
import parity.tensors.BadInput;

/**
 * Qwen2's byte pairs, by jtokkit: it cuts a text into words, and joins the bytes of a word pair by
 * pair, the pair of the lowest rank first. A rank is the place of a pair in {@code merges.txt},
 * behind those of the 256 bytes; the ids come from {@code vocab.json}.
 */
final class BytePairEncoding {
  /** {@code PRETOKENIZE_REGEX} of transformers' {@code tokenization_qwen2.py}. */
  private static final Pattern WORDS =
      Pattern.compile(
          "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
              + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
          Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);

  private final Encoding ranks;
  private final int[] idOfRank;

  private BytePairEncoding(Encoding ranks, int[] idOfRank) {
    this.ranks = ranks;
    this.idOfRank = idOfRank;
  }

  /**
   * Prepares it.
   *
   * @throws BadInput if a pair or what it is joined to is not in the vocabulary
   */
  static BytePairEncoding of(TokenizerFiles files) {
    List<Merge> merges = files.merges();
    int[] idOfRank = new int[256 + merges.size()];
    Map<byte[], Integer> ranks = HashMap.newHashMap(idOfRank.length);
    Map<String, Integer> seen = HashMap.newHashMap(merges.size());
    for (int value = 0; value < 256; value++) {
      ranks.put(new byte[] {(byte) value}, value);
      idOfRank[value] = id(files, ByteLetters.of(value));
    }
    for (int i = 0; i < merges.size(); i++) {
      Merge merge = merges.get(i);
      id(files, merge.left());
      id(files, merge.right());
      idOfRank[256 + i] = id(files, merge.joined());
      if (seen.putIfAbsent(merge.joined(), i) == null) {
        ranks.put(bytes(files, merge.joined()), 256 + i);
      }
    }
    var registry = Encodings.newLazyEncodingRegistry();
    registry.registerGptBytePairEncoding(
        new GptBytePairEncodingParams("qwen2", WORDS, ranks, Map.of()));
    return new BytePairEncoding(registry.getEncoding("qwen2").orElseThrow(), idOfRank);
  }

  private static int id(TokenizerFiles files, String token) {
    Integer id = files.vocabulary().get(token);
    if (id == null) {
      throw new BadInput(
          "%s: '%s' is not in vocab.json: expected the two files of one release"
              .formatted(files.folder().resolve("merges.txt"), token));
    }
    return id;
  }

  private static byte[] bytes(TokenizerFiles files, String token) {
    return ByteLetters.bytes(token)
        .orElseThrow(() ->
            new BadInput(
                "%s: '%s' has letters that stand for no byte: expected Qwen2's pairs of tokens"
                    .formatted(files.folder().resolve("merges.txt"), token)));
  }

  /** The ids of a text without special tokens, in Unicode's composed form. */
  int[] encode(String text) {
    IntArrayList encoded = ranks.encodeOrdinary(text);
    int[] ids = new int[encoded.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = idOfRank[encoded.get(i)];
    }
    return ids;
  }
}
