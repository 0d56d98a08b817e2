// The first modules of CosyVoice3's flow in C: spk_embed_affine_layer, input_embedding, pre_lookahead_layer
// (cosyvoice/flow/flow.py and transformer/upsample_encoder.py). docs/how-to/judge-your-port.md says how it is compared.
//
//   gcc -O2 -o port port.c -lm
//   ./parity flow --candidate "examples/c_port/port --in {inputs} --out {outputs}" --names examples/c_port/names.yaml
#include <math.h>

#include "tensors.h"

#ifndef SLOPE
#define SLOPE 0.01f // torch.nn.functional.leaky_relu's default; -DSLOPE=0.1f is a mistake: docs/how-to/judge-your-port.md finds it
#endif

static float *floats(long count) {
  return calloc(count, sizeof(float));
}

// embedding [192], normalised, to [out].
static float *speaker(Bytes model, Bytes inputs, long *out) {
  long size;
  const float *embedding = safetensor(inputs, "embedding", &size);
  Weight matrix = weight(model, "spk_embed_affine_layer.weight"), bias = weight(model, "spk_embed_affine_layer.bias");
  double squares = 0;
  for (long i = 0; i < matrix.shape[1]; i++) squares += (double)embedding[i] * embedding[i];
  double norm = fmax(sqrt(squares), 1e-12);
  *out = matrix.shape[0];
  float *y = floats(*out);
  for (long o = 0; o < *out; o++) {
    double sum = of(bias, o, 0, 0);
    for (long i = 0; i < matrix.shape[1]; i++) sum += of(matrix, o, i, 0) * (embedding[i] / norm);
    y[o] = (float)sum;
  }
  return y;
}

// prompt_token and token, int32, to [N, C].
static float *embed(Bytes model, Bytes inputs, long *n, long *c) {
  Weight table = weight(model, "input_embedding.weight");
  long prompt_size, size;
  const int32_t *prompt = safetensor(inputs, "prompt_token", &prompt_size), *token = safetensor(inputs, "token", &size);
  long prompts = prompt_size / 4;
  *n = prompts + size / 4;
  *c = table.shape[1];
  float *y = floats(*n * *c);
  for (long t = 0; t < *n; t++)
    for (long i = 0; i < *c; i++) y[t * *c + i] = of(table, t < prompts ? prompt[t] : token[t - prompts], i, 0);
  return y;
}

// x [N, C] to [N, O]; `left` zeros before it, and as many behind as the kernel looks past the end.
static float *convolve(Bytes model, const char *path, const float *x, long n, long left, long *out) {
  char name[256];
  snprintf(name, sizeof name, "%s.weight", path);
  Weight kernel = weight(model, name);
  snprintf(name, sizeof name, "%s.bias", path);
  Weight bias = weight(model, name);
  long c = kernel.shape[1];
  *out = kernel.shape[0];
  float *y = floats(n * *out);
  for (long t = 0; t < n; t++)
    for (long o = 0; o < *out; o++) {
      double sum = of(bias, o, 0, 0);
      for (long k = 0; k < kernel.shape[2]; k++) {
        long at = t + k - left;
        for (long i = 0; at >= 0 && at < n && i < c; i++) sum += (double)of(kernel, o, i, k) * x[at * c + i];
      }
      y[t * *out + o] = (float)sum;
    }
  return y;
}

int main(int argc, char **argv) {
  if (argc != 5 || strcmp(argv[1], "--in") || strcmp(argv[3], "--out")) die("usage", "port --in DIR --out DIR");
  char path[4096];
  snprintf(path, sizeof path, "%s/inputs.safetensors", argv[2]);
  Bytes inputs = slurp(path);
  snprintf(path, sizeof path, "%s/settings.json", argv[2]);
  Bytes settings = slurp(path);
  if (!strstr(settings.data, "\"stage\" : \"flow\"")) die("only the flow is ported", "c_port");
  char model_dir[3000];
  const char *said = strstr(settings.data, "\"model_dir\" : \"");
  if (!said || sscanf(said, "\"model_dir\" : \"%2999[^\"]\"", model_dir) != 1) die("names no model_dir", path);
  snprintf(path, sizeof path, "%s/flow.pt", model_dir);
  Bytes model = slurp(path);

  long n, c, speakers, hidden, channels;
  float *affine = speaker(model, inputs, &speakers);
  float *x = embed(model, inputs, &n, &c);
  float *conv1 = convolve(model, "pre_lookahead_layer.conv1", x, n, 0, &hidden);
  float *active = floats(n * hidden);
  for (long i = 0; i < n * hidden; i++) active[i] = conv1[i] < 0 ? SLOPE * conv1[i] : conv1[i];
  float *conv2 = convolve(model, "pre_lookahead_layer.conv2", active, n, 2, &channels);
  float *y = floats(n * channels);
  for (long i = 0; i < n * channels; i++) y[i] = conv2[i] + x[i];

  // This port keeps time first, [1, N, C], where PyTorch's convolutions have [1, C, N]: names.yaml says so.
  Output outputs[] = {
    {"speaker_affine", 1, speakers, affine}, {"token_embedding", n, c, x}, {"lookahead.conv1", n, hidden, conv1},
    {"lookahead.conv2", n, channels, conv2}, {"lookahead", n, channels, y},
  };
  snprintf(path, sizeof path, "%s/flow.safetensors", argv[4]);
  write_safetensors(path, outputs, 5);
  printf("wrote %d tensors\n", 5);
  return 0;
}
