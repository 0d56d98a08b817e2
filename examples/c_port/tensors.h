// Just enough of safetensors and of PyTorch's checkpoints for an example: no file is checked as a port should check it.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  const char *data;
  long size;
} Bytes;

static void die(const char *what, const char *which) {
  fprintf(stderr, "c_port: %s: %s\n", which, what);
  exit(1);
}

static Bytes slurp(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) die("cannot be read", path);
  fseek(file, 0, SEEK_END);
  Bytes bytes = {0, ftell(file)};
  char *data = malloc(bytes.size + 1);
  rewind(file);
  if (fread(data, 1, bytes.size, file) != (size_t)bytes.size) die("cannot be read", path);
  data[bytes.size] = 0;
  fclose(file);
  bytes.data = data;
  return bytes;
}

static uint64_t little(const char *at, int width) {
  uint64_t value = 0;
  for (int i = width - 1; i >= 0; i--) value = value << 8 | (unsigned char)at[i];
  return value;
}

// The bytes of a tensor of a safetensors file; its size in bytes goes to *size.
static const void *safetensor(Bytes file, const char *name, long *size) {
  char key[256];
  uint64_t header = little(file.data, 8);
  snprintf(key, sizeof key, "\"%s\":{", name);
  const char *entry = strstr(file.data + 8, key);
  if (!entry) die("is not among the inputs", name);
  const char *offsets = strstr(entry, "\"data_offsets\":[") + strlen("\"data_offsets\":[");
  char *next;
  long begin = strtol(offsets, &next, 10), end = strtol(next + 1, 0, 10);
  *size = end - begin;
  return file.data + 8 + header + begin;
}

// A tensor of a checkpoint: its storage, and the step along each of at most three axes.
typedef struct {
  const float *storage;
  long offset, shape[3], stride[3];
} Weight;

// The stored member of a zip file whose name ends so.
static Bytes member(Bytes zip, const char *suffix) {
  const char *end = zip.data + zip.size - 22;
  while (little(end, 4) != 0x06054b50) end--;
  const char *at = zip.data + little(end + 16, 4);
  for (long n = little(end + 10, 2); n > 0; n--) {
    long length = little(at + 28, 2), ending = strlen(suffix);
    if (length >= ending && !strncmp(at + 46 + length - ending, suffix, ending)) {
      const char *local = zip.data + little(at + 42, 4);
      Bytes found = {local + 30 + little(local + 26, 2) + little(local + 28, 2), little(at + 24, 4)};
      return found;
    }
    at += 46 + length + little(at + 30, 2) + little(at + 32, 2);
  }
  die("is not in the checkpoint", suffix);
  return zip;
}

// Walks the pickle without running it: a name, a storage's key, then offset, shape and strides as whole numbers.
static Weight weight(Bytes checkpoint, const char *wanted) {
  Bytes pickle = member(checkpoint, "/data.pkl");
  char name[256] = "", key[256] = "", path[300];
  long numbers[16], count = -1;
  for (const char *op = pickle.data; op < pickle.data + pickle.size; op++) {
    unsigned char code = *op;
    long number = -1;
    if (code == 'X') {
      long length = little(op + 1, 4);
      const char *text = op + 5;
      if (length < 256 && strncmp(text, "storage", length) && strncmp(text, "cpu", length)) {
        strcpy(name, key);
        memcpy(key, text, length);
        key[length] = 0;
      }
      op += 4 + length;
    } else if (code == 'c') {
      for (int lines = 0; lines < 2; lines++) op = strchr(op + 1, '\n');
    } else if (code == 'K') {
      number = little(op + 1, 1), op += 1;
    } else if (code == 'M') {
      number = little(op + 1, 2), op += 2;
    } else if (code == 'J') {
      number = little(op + 1, 4), op += 4;
    } else if (code == 'q' || code == 'h' || code == 0x80) {
      op += 1;
    } else if (code == 'r' || code == 'j') {
      op += 4;
    } else if (code == 'Q') {
      count = 0;
    } else if (code == 0x89 && count >= 0) {
      if (!strcmp(name, wanted)) {
        Weight found = {.offset = numbers[0]};
        long rank = (count - 1) / 2;
        for (long i = 0; i < rank; i++) {
          found.shape[i] = numbers[1 + i];
          found.stride[i] = numbers[1 + rank + i];
        }
        snprintf(path, sizeof path, "/data/%s", key);
        found.storage = (const float *)member(checkpoint, path).data;
        return found;
      }
      count = -1;
    }
    if (number >= 0 && count >= 0 && count < 16) numbers[count++] = number;
  }
  die("is not in the checkpoint", wanted);
  return (Weight){0};
}

static float of(Weight w, long i, long j, long k) {
  return w.storage[w.offset + i * w.stride[0] + j * w.stride[1] + k * w.stride[2]];
}

// A tensor to write: float32, row-major.
typedef struct {
  const char *name;
  long rows, columns;
  const float *data;
} Output;

static void write_safetensors(const char *path, const Output *outputs, int count) {
  char header[4096] = "{";
  long at = 0;
  for (int i = 0; i < count; i++) {
    long size = outputs[i].rows * outputs[i].columns * 4, used = strlen(header);
    char shape[64];
    // spk_embed_affine_layer is [1, C], all others are [1, rows, columns]
    if (outputs[i].rows == 1) snprintf(shape, sizeof shape, "[1,%ld]", outputs[i].columns);
    else snprintf(shape, sizeof shape, "[1,%ld,%ld]", outputs[i].rows, outputs[i].columns);
    snprintf(header + used, sizeof header - used, "%s\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%ld,%ld]}",
             i ? "," : "", outputs[i].name, shape, at, at + size);
    at += size;
  }
  strcat(header, "}");
  while (strlen(header) % 8) strcat(header, " ");
  FILE *file = fopen(path, "wb");
  if (!file) die("cannot be written", path);
  uint64_t length = strlen(header);
  fwrite(&length, 8, 1, file);
  fwrite(header, 1, length, file);
  for (int i = 0; i < count; i++) fwrite(outputs[i].data, 4, outputs[i].rows * outputs[i].columns, file);
  if (fclose(file)) die("cannot be written", path);
}
