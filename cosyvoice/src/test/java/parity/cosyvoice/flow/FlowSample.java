package parity.cosyvoice.flow;

import java.net.URISyntaxException;
import java.nio.file.Path;
import parity.cosyvoice.SampleCapture;
import parity.cosyvoice.config.CosyVoiceConfigReader;
import parity.cosyvoice.config.FlowConfig;
import parity.cosyvoice.weights.CheckpointWeights;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.format.Safetensors;

/** The sample's flow, and what upstream makes of it in other modes than the capture's. */
final class FlowSample extends SampleCapture {
  private final TensorFile cases = Safetensors.open(resource("flow_cases.safetensors"));

  FlowSample() {
    super("flow", CheckpointWeights.open(MODEL.resolve("flow.pt")));
  }

  private static Path resource(String name) {
    try {
      return Path.of(FlowSample.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static FlowConfig config() {
    return CosyVoiceConfigReader.read(MODEL).flow();
  }

  TensorFile cases() {
    return cases;
  }

  FlowInput input(boolean streaming, boolean isFinal) {
    return new FlowInput(
        artifacts().get("token"),
        artifacts().get("prompt_token"),
        artifacts().get("prompt_feat"),
        artifacts().get("embedding"),
        streaming,
        isFinal);
  }

  Tensor randNoise() {
    return artifacts().get("rand_noise");
  }

  @Override
  public void close() {
    cases.close();
    super.close();
  }
}
