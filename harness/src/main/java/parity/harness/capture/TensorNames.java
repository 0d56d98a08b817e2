package parity.harness.capture;

/** What a capture calls its tensors, but for the taps of modules (docs/files.md). */
public final class TensorNames {
  /** Ids of the segment that is spoken, int32 [1, L]. */
  public static final String TEXT = "text";

  /** Ids of the prompt's text, int32 [1, L]. */
  public static final String PROMPT_TEXT = "prompt_text";

  /** The prompt's speech as the language model is given it, int32 [1, P]. */
  public static final String LLM_PROMPT_SPEECH_TOKEN = "llm_prompt_speech_token";

  /** The speaker as the language model is given it, float32 [1, 192]. */
  public static final String LLM_EMBEDDING = "llm_embedding";

  /** Log-probabilities of every step, float32 [steps, speech tokens]. */
  public static final String LLM_LOGP = "llm_logp";

  /** The tokens that the language model drew, int32 [1, N]; of a recording, what it comes to. */
  public static final String SPEECH_TOKENS = "speech_tokens";

  /** The tokens that are spoken, int32 [1, N]. */
  public static final String TOKEN = "token";

  /** The prompt's tokens as the flow is given them, int32 [1, P]. */
  public static final String PROMPT_TOKEN = "prompt_token";

  /** The prompt's mel as the flow is given it, float32 [1, 2P, 80]. */
  public static final String PROMPT_FEAT = "prompt_feat";

  /** The speaker as the flow is given it, float32 [1, 192]. */
  public static final String EMBEDDING = "embedding";

  /** The noise that every utterance starts from, float32 [1, 80, 15000]. */
  public static final String RAND_NOISE = "rand_noise";

  /** The mel, float32 [1, 80, T]. */
  public static final String FLOW_OUTPUT = "python_flow_output";

  /** What is seen of which frame in a streaming run, bool [T, T]. */
  public static final String ATTN_MASK = "attn_mask";

  /** The source signal, float32 [1, 1, S]. */
  public static final String HIFT_SOURCE = "python_hift_source";

  /** The waveform, float32 [1, S]. */
  public static final String AUDIO_OUTPUT = "python_audio_output";

  /** The source's random phases, float32 [1, harmonics]. */
  public static final String NSF_RAND_INI = "nsf_rand_ini";

  /** The source's random noise, float32 [1, S, harmonics]. */
  public static final String NSF_SINE_WAVES = "nsf_sine_waves";

  /** The flow's mel of a recording, [1, T, 80]; of a chunk, all of the mel so far, [1, 80, T]. */
  public static final String SPEECH_FEAT = "speech_feat";

  /** A recording at 16 kHz, float32 [1, S]. */
  public static final String SPEECH_16K = "speech_16k";

  /** A recording at 24 kHz, float32 [1, S]. */
  public static final String SPEECH_24K = "speech_24k";

  /** What the speech tokenizer hears of a recording, float32 [1, 128, F]. */
  public static final String WHISPER_MEL = "whisper_mel";

  /** What the speaker encoder hears of a recording, float32 [M, 80]. */
  public static final String FBANK = "fbank";

  /** Whose voice a recording is, float32 [1, 192]. */
  public static final String SPEAKER_EMBEDDING = "speaker_embedding";

  /** Before the names of what is made of a recording that is converted. */
  public static final String SOURCE_ = "source_";

  /** How many tokens were spoken before each chunk, int32 [C]. */
  public static final String TOKEN_OFFSET = "token_offset";

  /** How many tokens a chunk speaks at least, int32 [C]. */
  public static final String TOKEN_HOP_LEN = "token_hop_len";

  /** How many samples were yielded before each chunk, int32 [C]. */
  public static final String SPEECH_OFFSET = "speech_offset";

  /** Whether a chunk is one of several, bool [C]. */
  public static final String STREAMING = "streaming";

  /** Whether a chunk is the last, bool [C]. */
  public static final String FINALIZE = "finalize";

  private TensorNames() {}

  /** What the tensor of a chunk is called. */
  public static String ofChunk(String tensor, int chunk) {
    return tensor + "#" + chunk;
  }
}
