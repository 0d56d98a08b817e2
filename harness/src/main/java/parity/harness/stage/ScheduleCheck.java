package parity.harness.stage;

import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import parity.cosyvoice.synthesis.steps.ChunkSchedule;
import parity.cosyvoice.synthesis.steps.ChunkSchedule.Chunk;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * Holds the captured schedule of a streaming run against the one that the lengths of prompt and
 * tokens make.
 *
 * @param captured tables and every chunk's tokens
 * @param computed the same from the schedule
 */
record ScheduleCheck(Map<String, Tensor> captured, Map<String, Tensor> computed) {
  static ScheduleCheck of(FlowInputs inputs, Chunks chunks) {
    Tensor token = inputs.spoken().token();
    List<Chunk> schedule =
        ChunkSchedule.of(
            Math.toIntExact(inputs.prompt().token().elements()),
            inputs.config().preLookaheadLen(),
            Math.toIntExact(token.elements()));
    Map<String, Tensor> captured = new LinkedHashMap<>();
    Map<String, Tensor> computed = new LinkedHashMap<>();
    computed.put(Chunks.TOKEN_OFFSET, ints(schedule, Chunk::offset));
    computed.put("token_hop_len", ints(schedule, Chunk::tokenHopLen));
    computed.put("streaming", booleans(schedule, chunk -> !chunk.isFinal()));
    computed.put("finalize", booleans(schedule, Chunk::isFinal));
    computed.forEach((name, table) -> captured.put(name, chunks.table(name, table.dtype())));
    for (int i = 0; i < chunks.count(); i++) {
      String name = Chunks.name("token", i);
      captured.put(name, chunks.get("token", i, DType.I32, 1, Captured.ANY));
      computed.put(name, head(token, i < schedule.size() ? schedule.get(i).tokens() : 0));
    }
    return new ScheduleCheck(captured, computed);
  }

  private static Tensor ints(List<Chunk> schedule, ToIntFunction<Chunk> number) {
    return Tensor.ofInts(Shape.of(schedule.size()), schedule.stream().mapToInt(number).toArray());
  }

  private static Tensor booleans(List<Chunk> schedule, Predicate<Chunk> property) {
    byte[] values = new byte[schedule.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (property.test(schedule.get(i)) ? 1 : 0);
    }
    return Tensor.of(DType.BOOL, Shape.of(values.length), MemorySegment.ofArray(values));
  }

  private static Tensor head(Tensor tokens, int length) {
    return Tensor.of(
        DType.I32, Shape.of(1, length), tokens.data().asSlice(0, (long) length * Integer.BYTES));
  }

  void expect(Checks checks) {
    captured.forEach(checks::expect);
  }

  void compare(Checks checks) {
    captured.forEach(
        (name, table) -> checks.equal(name, table, computed.getOrDefault(name, table)));
  }
}
