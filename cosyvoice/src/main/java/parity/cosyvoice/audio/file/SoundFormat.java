package parity.cosyvoice.audio.file;

import java.nio.charset.StandardCharsets;

/** What the first bytes of a file say that it is; formats that are not read are named in errors. */
enum SoundFormat {
  WAV("WAV"),
  FLAC("FLAC"),
  EMPTY("empty file"),
  AIFF("AIFF sound"),
  AU("AU sound"),
  CAF("Core Audio sound"),
  OGG("Ogg sound"),
  RF64("RF64 sound (WAV for over 4 GB)"),
  RIFX("RIFX sound (big-endian WAV)"),
  W64("Wave64 sound"),
  MP3("MP3 sound"),
  MP4("MP4 or M4A sound"),
  ID3("sound that starts with an ID3 tag, most often MP3"),
  UNKNOWN("not a sound file that we know");

  /** How many bytes of a file's start it takes to tell. */
  static final int SNIFFED = 12;

  private final String description;

  SoundFormat(String description) {
    this.description = description;
  }

  /** For messages. */
  String description() {
    return description;
  }

  /**
   * The format of a file that starts with these bytes, at best {@link #SNIFFED}, behind a tag.
   *
   * @param tagged whether there was a tag, which MP3 has most often
   */
  static SoundFormat of(byte[] start, boolean tagged) {
    SoundFormat format = of(start);
    return tagged && format != WAV && format != FLAC ? ID3 : format;
  }

  /** The format of a file that starts with these bytes, at best {@link #SNIFFED}. */
  static SoundFormat of(byte[] start) {
    String text = new String(start, StandardCharsets.ISO_8859_1);
    if (start.length == 0) {
      return EMPTY;
    }
    if (text.startsWith("RIFF") && text.startsWith("WAVE", 8)) {
      return WAV;
    }
    if (text.startsWith("fLaC")) {
      return FLAC;
    }
    if (text.startsWith("FORM") && text.startsWith("AIF", 8)) {
      return AIFF;
    }
    if (text.startsWith("ftyp", 4)) {
      return MP4;
    }
    if (start.length > 1 && (start[0] & 0xff) == 0xff && (start[1] & 0xe0) == 0xe0) {
      return MP3;
    }
    return named(text);
  }

  private static SoundFormat named(String text) {
    String magic = text.substring(0, Math.min(4, text.length()));
    return switch (magic) {
      case ".snd" -> AU;
      case "caff" -> CAF;
      case "OggS" -> OGG;
      case "RF64" -> RF64;
      case "RIFX" -> RIFX;
      case "riff" -> W64;
      default -> magic.startsWith("ID3") ? ID3 : UNKNOWN;
    };
  }
}
