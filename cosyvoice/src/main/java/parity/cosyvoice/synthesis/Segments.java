package parity.cosyvoice.synthesis;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import parity.cosyvoice.frontend.Frontend;
import parity.cosyvoice.frontend.ZeroShotPrompt;
import parity.cosyvoice.llm.LlmPrompt;
import parity.cosyvoice.synthesis.SpeechRequest.Content;
import parity.cosyvoice.text.TextFrontend;
import parity.tensors.BadInputException;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.Text;

/**
 * What a request comes to: {@code inference_*} of cli/cosyvoice.py up to {@code model.tts()}, with
 * {@code frontend_*} of cli/frontend.py.
 *
 * @param all what is spoken, one after the other
 * @param notes what was added to the request, or is to be expected of it, for a person
 */
record Segments(List<Segment> all, List<String> notes) {
  /** How messages call what is said in a recording. */
  private static final String PROMPT_TEXT = "the prompt's text";

  static Segments of(SpeechRequest request, Parts parts) {
    Reader reader = new Reader(parts.text(), request);
    List<Segment> all =
        switch (request.content()) {
          case Content.ZeroShot zeroShot -> reader.zeroShot(zeroShot);
          case Content.CrossLingual crossLingual -> reader.crossLingual(crossLingual);
          case Content.Instruct2 instruct -> reader.instruct2(instruct);
          case Content.VoiceConversion conversion ->
              List.of(converted(conversion.source(), request.voice(), parts));
        };
    return new Segments(all, List.copyOf(reader.notes));
  }

  /**
   * What is said in a voice's recording, as the language model reads it.
   *
   * @throws BadInputException if the model would read it otherwise than it was meant
   */
  static SystemPrompt.Completed promptText(String said, TextFrontend text) {
    return written(SystemPrompt.before(said), PROMPT_TEXT, text);
  }

  private static SystemPrompt.Completed written(
      SystemPrompt.Completed completed, String what, TextFrontend text) {
    text.requireWritten(what, completed.text());
    return completed;
  }

  private static Segment converted(Path source, Voice voice, Parts parts) {
    try (Frontend frontend = parts.openFrontend();
        Arena own = Arena.ofConfined()) {
      Tensor tokens = Voice.kept(frontend.source(source, own).speechTokens());
      // Of a conversion upstream does not cut the prompt to two frames a token.
      ZeroShotPrompt prompt = new ZeroShotPrompt(voice.speechTokens(), voice.speechFeat());
      return new Segment.Tokens(source.getFileName().toString(), tokens, prompt);
    }
  }

  private static final class Reader {
    private static final Tensor NONE = Tensor.ofInts(Shape.of(1, 0));

    private final TextFrontend text;
    private final Voice voice;
    private final boolean textFrontend;
    private final ZeroShotPrompt prompt;
    private final List<String> notes = new ArrayList<>();

    Reader(TextFrontend text, SpeechRequest request) {
      this.text = text;
      this.voice = request.voice();
      this.textFrontend = request.textFrontend();
      this.prompt = ZeroShotPrompt.trim(voice.speechTokens(), voice.speechFeat());
    }

    List<Segment> zeroShot(Content.ZeroShot content) {
      String said =
          voice
              .promptText()
              .orElseThrow(() ->
                  new BadInputException(
                      "the voice does not know what is said in its recording, which zero-shot needs; give the words (--prompt-text), or speak cross-lingual"));
      String whole = completed(SystemPrompt.before(said), PROMPT_TEXT);
      Tensor promptIds = text.tokens(whole);
      List<Segment> all = new ArrayList<>();
      for (String segment : segments(content.text())) {
        if (segment.length() < whole.length() / 2.0) {
          notes.add(
              "%s is less than half as long as the prompt's text, which may sound bad; take a longer text or a shorter recording"
                  .formatted(Text.quote(segment)));
        }
        all.add(spoken(segment, promptIds, segment, prompt.speechToken()));
      }
      return all;
    }

    List<Segment> crossLingual(Content.CrossLingual content) {
      List<Segment> all = new ArrayList<>();
      for (String segment : segments(content.text())) {
        String whole =
            all.isEmpty()
                ? completed(SystemPrompt.before(segment), "the text")
                : SystemPrompt.before(segment).text();
        all.add(spoken(SystemPrompt.after(segment), NONE, whole, NONE));
      }
      return all;
    }

    List<Segment> instruct2(Content.Instruct2 content) {
      String whole = completed(SystemPrompt.instructing(content.instruction()), "the instruction");
      Tensor instruction = text.tokens(whole);
      return segments(content.text()).stream()
          .map(segment -> spoken(segment, instruction, segment, NONE))
          .toList();
    }

    private String completed(SystemPrompt.Completed completed, String what) {
      if (!completed.added().isEmpty()) {
        notes.add("added to %s: %s".formatted(what, completed.added()));
      }
      return written(completed, what, text).text();
    }

    private List<String> segments(String given) {
      if (textFrontend) {
        return text.segments("text", given);
      }
      text.requireSpeakable("text", given);
      return List.of(given);
    }

    private Segment spoken(String says, Tensor promptIds, String segment, Tensor speech) {
      return new Segment.Text(says, new LlmPrompt(promptIds, text.tokens(segment), speech), prompt);
    }
  }
}
