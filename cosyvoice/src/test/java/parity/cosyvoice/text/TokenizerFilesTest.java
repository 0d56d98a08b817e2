package parity.cosyvoice.text;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.tensors.BadInputException;

final class TokenizerFilesTest {
  @TempDir Path model;

  @BeforeEach
  void copySample() throws IOException {
    Path folder = Files.createDirectories(model.resolve("CosyVoice-BlankEN"));
    for (String name : new String[] {"vocab.json", "merges.txt", "tokenizer_config.json"}) {
      Files.copy(
          TextFrontendTest.MODEL.resolve("CosyVoice-BlankEN").resolve(name), folder.resolve(name));
    }
  }

  private Path file(String name) {
    return model.resolve("CosyVoice-BlankEN").resolve(name);
  }

  private void change(String name, String found, String replacement) throws IOException {
    String text = Files.readString(file(name));
    assertThat(text).contains(found);
    Files.writeString(file(name), text.replace(found, replacement));
  }

  private String refusal(String name) {
    var error = assertThrows(BadInputException.class, () -> TextFrontend.open(model));
    assertThat(error).hasMessageThat().contains(name + ": ");
    assertThat(error).hasMessageThat().contains("expected");
    assertThat(error).hasMessageThat().doesNotContain("\n");
    return String.valueOf(error.getMessage());
  }

  private int id(String token) {
    int[] ids = TextFrontend.open(model).tokens(token).toInts();
    assertThat(ids).hasLength(1);
    return ids[0];
  }

  @Test
  void open_fileMissing_isNamed() throws IOException {
    for (String name : new String[] {"vocab.json", "merges.txt", "tokenizer_config.json"}) {
      Path away = file(name).resolveSibling("away");
      Files.move(file(name), away);
      assertThat(refusal(name)).contains("cannot be read");
      Files.move(away, file(name));
    }
  }

  @Test
  void open_fileIsNotJson_isRefused() throws IOException {
    Files.writeString(file("vocab.json"), "{\"a\": 1,");
    assertThat(refusal("vocab.json")).contains("not JSON");
    Files.writeString(file("vocab.json"), "[]");
    assertThat(refusal("vocab.json")).contains("not a JSON object");
  }

  @Test
  void open_beyondWhatAnyTokenizerHas_namesFieldAndValue() throws IOException {
    String nines = "9".repeat(1200);
    String deep = "[".repeat(1500) + "]".repeat(1500);
    change("vocab.json", "\"!\": 33", "\"!\": " + nines);
    assertThat(refusal("vocab.json")).contains("vocab.json: ! is '999");
    change("vocab.json", nines, deep);
    assertThat(refusal("vocab.json")).contains("vocab.json: ! is '[[[");
    change("vocab.json", deep, "{\"a\": [1]}");
    assertThat(refusal("vocab.json")).contains("token '!' has the id {\"a\": [1]}: expected");
    change("vocab.json", "{\"a\": [1]}", "33");
    change(
        "tokenizer_config.json",
        "\"added_tokens_decoder\"",
        "\"a\": " + deep + ", \"added_tokens_decoder\"");
    assertThat(refusal("tokenizer_config.json")).contains("tokenizer_config.json: a is '[[[");
    change("tokenizer_config.json", deep, nines);
    assertThat(refusal("tokenizer_config.json")).contains("tokenizer_config.json: a is '999");
  }

  @Test
  void open_filesWithAByteOrderMark_areReadWithoutIt() throws IOException {
    int[] before = TextFrontend.open(model).tokens("Hello there").toInts();
    for (String name : new String[] {"vocab.json", "merges.txt", "tokenizer_config.json"}) {
      Files.writeString(file(name), "\ufeff" + Files.readString(file(name)));
    }
    assertThat(TextFrontend.open(model).tokens("Hello there").toInts()).isEqualTo(before);
  }

  @Test
  void open_tokenTwice_isRefused() throws IOException {
    change("vocab.json", "\"!\": 33", "\"#\": 33");
    assertThat(refusal("vocab.json")).contains("Duplicate field '#'");
  }

  @Test
  void open_noIdOrNegative_isRefused() throws IOException {
    change("vocab.json", "\"!\": 33", "\"!\": -33");
    assertThat(refusal("vocab.json")).contains("token '!' has the id -33: expected a whole number");
  }

  @Test
  void open_byteMissing_isRefused() throws IOException {
    change("vocab.json", "\"!\": 33,", "");
    assertThat(refusal("vocab.json")).contains("no token for byte 0x21 ('!')");
  }

  @Test
  void open_mergeOfAnotherVocabulary_isRefused() throws IOException {
    change("merges.txt", "Ġ t\n", "Ġ tx\n");
    assertThat(refusal("merges.txt")).contains("'tx' is not in vocab.json");
  }

  @Test
  void open_mergeOfOneToken_isRefused() throws IOException {
    change("merges.txt", "Ġ t\n", "Ġt\n");
    assertThat(refusal("merges.txt")).contains("line 2: found 1 tokens, expected a pair");
  }

  @Test
  void open_mergeOfLettersThatStandForNoByte_joinsNothing() throws IOException {
    int[] before = TextFrontend.open(model).tokens("你好").toInts();
    change("merges.txt", "Ġ t\n", "Ġ t\n你 好\n");
    change("vocab.json", "\"!\": 33", "\"你\": 1000, \"好\": 1001, \"你好\": 1002, \"!\": 33");
    assertThat(TextFrontend.open(model).tokens("你好").toInts()).isEqualTo(before);
  }

  /** "h e" comes first, and what it leaves of "The" is no pair of the list. */
  @Test
  void open_mergeListsAnotherPair_onlyPairsOfTheListAreJoined() throws IOException {
    assertThat(TextFrontend.open(model).tokens("The").toInts()).hasLength(1);
    change("merges.txt", "T h\nT he\n", "T h\nTh e\n");
    assertThat(TextFrontend.open(model).tokens("The").toInts()).hasLength(2);
  }

  @Test
  void open_mergesNotUtf8_isRefused() throws IOException {
    Files.write(file("merges.txt"), new byte[] {'a', ' ', (byte) 0xff});
    assertThat(refusal("merges.txt")).contains("not UTF-8");
  }

  @Test
  void open_mergeAgain_firstPlaceCounts() throws IOException {
    int[] before = TextFrontend.open(model).tokens("the parity of it").toInts();
    Files.writeString(file("merges.txt"), Files.readString(file("merges.txt")) + "\nĠ t\n");
    assertThat(TextFrontend.open(model).tokens("the parity of it").toInts()).isEqualTo(before);
  }

  @Test
  void open_anotherTokenizer_isRefused() throws IOException {
    change("tokenizer_config.json", "Qwen2Tokenizer", "LlamaTokenizer");
    assertThat(refusal("tokenizer_config.json")).contains("tokenizer_class is LlamaTokenizer");
  }

  @Test
  void open_tokenThatTakesBlanks_isRefused() throws IOException {
    change("tokenizer_config.json", "\"lstrip\": false", "\"lstrip\": true");
    assertThat(refusal("tokenizer_config.json")).contains("token 151643 has lstrip true");
  }

  @Test
  void open_tokenOfAnotherId_isRefused() throws IOException {
    change("tokenizer_config.json", "\"151645\"", "\"151650\"");
    assertThat(refusal("tokenizer_config.json"))
        .contains("token '<|im_end|>' has id 151650, but behind this vocab.json it gets 151645");
  }

  @Test
  void open_tokenWithoutContent_isRefused() throws IOException {
    change("tokenizer_config.json", "\"content\": \"<|im_end|>\"", "\"text\": \"<|im_end|>\"");
    assertThat(refusal("tokenizer_config.json")).contains("token 151645 has no content");
  }

  @Test
  void open_tokenThatIsNoObject_isRefused() throws IOException {
    Files.writeString(file("tokenizer_config.json"), "{\"added_tokens_decoder\": {\"7\": 8}}");
    assertThat(refusal("tokenizer_config.json")).contains("token 7 is 8: expected an object");
    Files.writeString(file("tokenizer_config.json"), "{\"added_tokens_decoder\": {\"x\": {}}}");
    assertThat(refusal("tokenizer_config.json")).contains("added_tokens_decoder has 'x'");
  }

  /** Ids follow the vocabulary, as they do in the tokenizers library. */
  @Test
  void open_otherVocabularies_numberTheAddedTokensFromTheirEnd() throws IOException {
    assertThat(id("<|endofprompt|>")).isEqualTo(151646);
    assertThat(id("[ǜ]")).isEqualTo(151923);
    change("vocab.json", "\"<|im_end|>\": 151645", "\"[breath]\": 7777777");
    change("tokenizer_config.json", "\"151645\"", "\"151646\"");
    assertThat(refusal("tokenizer_config.json")).contains("it gets 151645");
    change("tokenizer_config.json", "\"151646\"", "\"151645\"");
    assertThat(id("<|endofprompt|>")).isEqualTo(151646);
    assertThat(id("[breath]")).isEqualTo(7777777);
    assertThat(id("<strong>")).isEqualTo(7777778);
  }
}
