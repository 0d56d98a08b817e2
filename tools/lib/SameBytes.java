// For tools/try_same_bytes.sh: java SameBytes.java repeat|together OUT_DIR MODEL_DIR WAV ...; see there.

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import parity.cosyvoice.audio.file.SoundWriter;
import parity.cosyvoice.synthesis.CosyVoice3;
import parity.cosyvoice.synthesis.Delivery;
import parity.cosyvoice.synthesis.SpeechRequest;
import parity.cosyvoice.synthesis.SpeechStream;
import parity.cosyvoice.synthesis.SynthesisOptions;
import parity.cosyvoice.synthesis.Voice;
import parity.tensors.BadInputException;

static final String PROMPT_TEXT = "The quick brown fox jumps.";
static final String SHORT = "Hello! This is a test for parity verification.";

void main(String[] args) throws Exception {
  Path out = Path.of(args[1]);
  Path model = Path.of(args[2]);
  Path wav = Path.of(args[3]);
  List<Integer> numbers = Arrays.stream(args).skip(5).map(Integer::valueOf).toList();
  switch (args[0]) {
    case "repeat" -> repeat(out, model, wav, args[4], numbers.get(0), numbers.get(1), numbers.get(2));
    case "together" ->
        System.exit(together(out, model, wav, numbers.get(0), numbers.get(1), numbers.get(2)) ? 0 : 1);
    default -> throw new IllegalArgumentException(args[0]);
  }
}

/** Opens the model twice, and speaks every seed in every delivery: a line each, with the sha256. */
void repeat(Path out, Path modelDir, Path wav, String text, int threads, int seeds, int times) throws Exception {
  for (int opened = 0; opened < 2; opened++) {
    try (CosyVoice3 model = CosyVoice3.open(modelDir, SynthesisOptions.upstream().withThreads(threads))) {
      Voice voice = model.voice(wav, PROMPT_TEXT);
      for (int time = 0; time < times; time++) {
        for (Delivery delivery : Delivery.values()) {
          for (int seed = 1; seed <= seeds; seed++) {
            var request = SpeechRequest.zeroShot(text, voice).withSeed(seed).withDelivery(delivery);
            IO.println("threads %d, %s, seed %d: %s".formatted(threads, delivery, seed, sha256(model, request, out)));
          }
        }
      }
    }
  }
}

/** Each of the threads speaks all utterances; each must be the bytes that it is when nobody else speaks. */
boolean together(Path out, Path modelDir, Path wav, int computing, int speakers, int utterances) throws Exception {
  try (CosyVoice3 model = CosyVoice3.open(modelDir, SynthesisOptions.upstream().withThreads(computing));
      var pool = Executors.newFixedThreadPool(speakers)) {
    Voice voice = model.voice(wav, PROMPT_TEXT);
    List<SpeechRequest> requests = new ArrayList<>();
    List<String> alone = new ArrayList<>();
    for (int i = 0; i < utterances; i++) {
      requests.add(request(i, wav, voice));
      alone.add(sha256(model, requests.get(i), out));
    }
    List<Future<Integer>> running = new ArrayList<>();
    for (int speaker = 0; speaker < speakers; speaker++) {
      int first = speaker * utterances / speakers;
      running.add(
          pool.submit(() -> {
            int other = 0;
            for (int i = 0; i < utterances; i++) {
              int which = (first + i) % utterances;
              other += sha256(model, requests.get(which), out).equals(alone.get(which)) ? 0 : 1;
            }
            return other;
          }));
    }
    int other = 0;
    for (Future<Integer> speaker : running) {
      other += speaker.get();
    }
    IO.println(
        "%d threads x %d utterances: %d of %d are not what they are one at a time"
            .formatted(speakers, utterances, other, speakers * utterances));
    return other == 0;
  }
}

SpeechRequest request(int i, Path wav, Voice voice) {
  SpeechRequest request =
      switch (i % 4) {
        case 0 -> SpeechRequest.zeroShot(SHORT, voice);
        case 1 -> SpeechRequest.crossLingual(SHORT, voice);
        case 2 -> SpeechRequest.instruct2(SHORT, "Speak slowly.", voice);
        default -> SpeechRequest.voiceConversion(wav, voice);
      };
  return request.withSeed(i).withDelivery(Delivery.values()[i % 3]);
}

/** Of the WAV file that it makes; what the model says nothing for has none. */
String sha256(CosyVoice3 model, SpeechRequest request, Path out) throws IOException, NoSuchAlgorithmException {
  Path file = Files.createTempFile(out, "spoken", ".wav");
  try (SpeechStream speech = model.speak(request)) {
    try (SoundWriter sound = SoundWriter.toFile(SoundWriter.Format.WAV, file, model.sampleRate())) {
      for (var chunk : speech) {
        sound.write(chunk.samples());
      }
    }
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  } catch (BadInputException e) {
    if (!String.valueOf(e.getMessage()).contains("ended before its first token")) {
      throw e;
    }
    return "nothing, it ends before its first token";
  } finally {
    Files.delete(file);
  }
}
