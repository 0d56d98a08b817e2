package parity.harness.plan;

import java.util.Optional;
import java.util.function.Function;
import parity.compare.limits.Basis;
import parity.harness.capture.Part;
import parity.harness.capture.TapFiles;
import parity.harness.limits.Truths;

/**
 * What a capture has of a part's modules, each on the reference's own inputs.
 *
 * @param files outputs and inputs of the modules
 * @param truths of each module alone
 * @param withoutTruth limits for a capture that has no float64 truth
 * @param twin another name under which a module's output is expected too
 */
public record ModulePlan(
    Part part,
    TapFiles files,
    Truths truths,
    Basis.Fixed withoutTruth,
    Function<String, Optional<String>> twin) {}
