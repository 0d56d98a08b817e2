package parity.harness.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import parity.harness.capture.Settings;
import parity.harness.plan.Declared;
import parity.harness.port.Candidate;
import parity.harness.result.StageName;

/**
 * All that a person asked of a run.
 *
 * @param frontendArtifacts file to read; where it is missing, the frontend cannot be compared
 * @param fullArtifacts file to read; where it is missing, no other stage can be compared
 * @param promptWav the recording that the capture was made with
 * @param sourceWav the recording whose voice was converted
 * @param stages what to compare
 * @param skipped of those, what the person switched off
 * @param allowSkips whether a run with skipped stages may pass
 * @param candidate what is compared in the native side's place
 * @param forceModel whether to go on with a model that is not the capture's
 * @param segmentIndex which segment of the text the capture must hold
 * @param requiredRegimes what the capture has to exercise
 * @param declared what of the capture is to be compared
 * @param module of which alone is looked at what it does with the reference's own inputs
 */
public record RunRequest(
    Path modelDir,
    Path frontendArtifacts,
    Path fullArtifacts,
    Optional<Path> promptWav,
    Optional<Path> sourceWav,
    Path out,
    Set<StageName> stages,
    Set<StageName> skipped,
    boolean allowSkips,
    Optional<Candidate> candidate,
    boolean forceModel,
    int segmentIndex,
    List<String> requiredRegimes,
    Declared declared,
    Optional<String> module,
    Settings.Overrides overrides,
    int threads) {}
