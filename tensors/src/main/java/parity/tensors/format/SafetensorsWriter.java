package parity.tensors.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.Text;
import parity.tensors.file.PartFile;

/**
 * Writes safetensors files: the same tensors and metadata always make the same bytes.
 *
 * <p>The data begins at a multiple of 64 and wide elements come first, so every tensor is aligned
 * to its element. Tensors are written piece by piece, never copied as a whole.
 */
public final class SafetensorsWriter {
  private static final int ALIGNMENT = 64;

  private static final long CHUNK = 1 << 20;

  private static final JsonFactory JSON = new JsonFactory();

  private SafetensorsWriter() {}

  /**
   * Writes a file beside the target and moves it there when it is whole, so that the target is
   * always the old file or the new one.
   *
   * @param metadata text about the file; {@link TensorFile#metadata} gives it back
   * @throws BadInputException if the file cannot be written there, or a name has no UTF-8 form, or
   *     a tensor is {@link DType#C128}, which the format does not have
   */
  public static void write(Path target, Map<String, Tensor> tensors, Map<String, String> metadata) {
    List<Map.Entry<String, Tensor>> ordered = new ArrayList<>(tensors.entrySet());
    ordered.sort(
        Map.Entry.<String, Tensor>comparingByValue(
                Comparator.comparingInt(tensor -> -tensor.dtype().bytes()))
            .thenComparing(Map.Entry.comparingByKey()));
    ByteBuffer header = header(target, ordered, new TreeMap<>(metadata));
    Path absolute = target.toAbsolutePath();
    try (PartFile part = PartFile.of(absolute)) {
      try (FileChannel channel =
          FileChannel.open(part.path(), StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
        writeFully(channel, header);
        for (Map.Entry<String, Tensor> entry : ordered) {
          write(channel, entry.getValue().data());
        }
      }
      part.publish();
    } catch (NoSuchFileException e) {
      throw new BadInputException(
          target + ": cannot be written, as there is no folder " + absolute.getParent(), e);
    } catch (IOException e) {
      throw new BadInputException(
          target
              + ": cannot be written ("
              + Text.reason(e)
              + "); give a file in a folder that you may write to, with room for it",
          e);
    }
  }

  /** By way of a small buffer, as a tensor may lie on an array of any type. */
  private static void write(FileChannel channel, MemorySegment data) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment chunk = arena.allocate(Math.min(CHUNK, data.byteSize()));
      for (long at = 0; at < data.byteSize(); at += CHUNK) {
        long size = Math.min(CHUNK, data.byteSize() - at);
        MemorySegment.copy(data, at, chunk, 0, size);
        writeFully(channel, chunk.asSlice(0, size).asByteBuffer());
      }
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Length and JSON, filled up with spaces. */
  private static ByteBuffer header(
      Path target, List<Map.Entry<String, Tensor>> tensors, SortedMap<String, String> metadata) {
    byte[] json = json(target, tensors, metadata);
    int length = Math.ceilDiv(Long.BYTES + json.length, ALIGNMENT) * ALIGNMENT - Long.BYTES;
    if (length > SafetensorsHeader.MAX_LENGTH) {
      throw new BadInputException(
          target
              + ": its header would take "
              + length
              + " bytes; the format allows "
              + SafetensorsHeader.MAX_LENGTH
              + ", so write fewer tensors or less metadata");
    }
    ByteBuffer header = ByteBuffer.allocate(Long.BYTES + length).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(length).put(json);
    while (header.hasRemaining()) {
      header.put((byte) ' ');
    }
    return header.flip();
  }

  private static byte[] json(
      Path target, List<Map.Entry<String, Tensor>> tensors, SortedMap<String, String> metadata) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart(SafetensorsJson.METADATA);
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
          json.writeStringField(unicode(target, entry.getKey()), unicode(target, entry.getValue()));
        }
        json.writeEndObject();
      }
      long at = 0;
      for (Map.Entry<String, Tensor> entry : tensors) {
        Tensor tensor = entry.getValue();
        requireType(target, entry.getKey(), tensor.dtype());
        json.writeObjectFieldStart(name(target, entry.getKey()));
        json.writeStringField("dtype", tensor.dtype().name());
        json.writeFieldName("shape");
        long[] dims = tensor.shape().dims();
        json.writeArray(dims, 0, dims.length);
        json.writeFieldName("data_offsets");
        long end = at + tensor.data().byteSize();
        json.writeArray(new long[] {at, end}, 0, 2);
        json.writeEndObject();
        at = end;
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void requireType(Path target, String name, DType dtype) {
    if (!SafetensorsHeader.DTYPES.containsKey(dtype.name())) {
      throw new BadInputException(
          target
              + ": tensor "
              + Text.quote(name)
              + " is "
              + dtype
              + ", which a safetensors file cannot hold; write its parts");
    }
  }

  private static String name(Path target, String name) {
    if (name.equals(SafetensorsJson.METADATA)) {
      throw new BadInputException(
          target + ": a tensor cannot be called " + Text.quote(name) + " in a safetensors file");
    }
    return unicode(target, name);
  }

  private static String unicode(Path target, String text) {
    if (!Text.isUnicode(text)) {
      throw new BadInputException(
          target + ": half a surrogate pair cannot be written, in " + Text.quote(text));
    }
    return text;
  }
}
