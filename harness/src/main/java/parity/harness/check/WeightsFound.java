package parity.harness.check;

import java.util.List;
import java.util.SortedMap;
import parity.cosyvoice.weights.StateDictDifference;

/**
 * What is in a checkpoint.
 *
 * @param tensors how many of each element type
 * @param members of the zip file
 * @param damaged members whose bytes are not those that were written, one phrase each
 * @param notFinite how many numbers are NaN or infinite, by tensor; only tensors that have some
 * @param difference what upstream's strict loading refuses
 * @param notFloat32 tensors that are read and cannot be, one phrase each
 */
public record WeightsFound(
    SortedMap<String, Integer> tensors,
    int members,
    List<String> damaged,
    SortedMap<String, Long> notFinite,
    StateDictDifference difference,
    List<String> notFloat32) {}
