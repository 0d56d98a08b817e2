package parity.tensors;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.params.provider.Arguments;

/**
 * The short form of {@code tools/fuzz}, for every build: each target of a module on random mutants
 * of its seeds, the same in each run.
 */
public final class FuzzMutants {
  private static final int MUTANTS = 300;

  private static final Path SOURCES = Path.of("src", "test", "java");
  private static final Path RESOURCES = Path.of("src", "test", "resources");

  private FuzzMutants() {}

  /** One test for each target of the module whose tests are running. */
  public static Stream<DynamicTest> ofModule() throws IOException {
    List<Path> sources;
    try (Stream<Path> files = Files.walk(SOURCES)) {
      sources = files.filter(file -> file.toString().endsWith("Fuzz.java")).sorted().toList();
    }
    return sources.stream()
        .map(source -> SOURCES.relativize(source).toString().replaceFirst("\\.java$", ""))
        .map(name -> DynamicTest.dynamicTest(name, () -> run(name)));
  }

  private static void run(String name) throws ReflectiveOperationException, IOException {
    Class<?> target = Class.forName(name.replace('/', '.').replace('\\', '.'));
    Constructor<?> constructor = target.getDeclaredConstructor();
    constructor.setAccessible(true);
    Object instance = constructor.newInstance();
    Method method =
        Arrays.stream(target.getDeclaredMethods())
            .filter(each -> each.isAnnotationPresent(FuzzTest.class))
            .findFirst()
            .orElseThrow();
    method.setAccessible(true);
    Path inputs = RESOURCES.resolve(name + "Inputs").resolve(method.getName());
    List<byte[]> seeds = seeds(target, inputs);
    Random random = new Random(name.hashCode());
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = mutant(seeds, random);
      try {
        method.invoke(instance, (Object) mutant);
      } catch (InvocationTargetException e) {
        Path kept = Files.write(Path.of("target", target.getSimpleName() + ".mutant"), mutant);
        throw new AssertionError(
            "mutant %d, in %s; copy it to %s, mend the reader, and keep it there"
                .formatted(i, kept.toAbsolutePath(), inputs),
            e.getCause());
      }
    }
  }

  /** Those of its method {@code seeds} and those that stand in files. */
  private static List<byte[]> seeds(Class<?> target, Path inputs)
      throws ReflectiveOperationException, IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (Method method : target.getDeclaredMethods()) {
      if (method.getName().equals("seeds")) {
        method.setAccessible(true);
        for (Object seed : ((Stream<?>) method.invoke(null)).toList()) {
          seeds.add((byte[]) ((Arguments) seed).get()[0]);
        }
      }
    }
    if (Files.isDirectory(inputs)) {
      for (Arguments seed : Fuzzing.seeds(inputs, "").toList()) {
        seeds.add((byte[]) seed.get()[0]);
      }
    }
    if (seeds.isEmpty()) {
      throw new AssertionError(target.getName() + " has no seeds: put some into " + inputs);
    }
    return seeds;
  }

  /** A seed with bytes that are changed, put in, taken out, cut off or taken from another seed. */
  private static byte[] mutant(List<byte[]> seeds, Random random) {
    byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
    for (int changes = random.nextInt(4); changes >= 0 && bytes.length > 0; changes--) {
      int at = random.nextInt(bytes.length);
      bytes =
          switch (random.nextInt(6)) {
            case 0 -> spliced(bytes, at, at + 1, new byte[] {(byte) random.nextInt()});
            case 1 ->
                spliced(
                    bytes, at, at + 1, new byte[] {(byte) (bytes[at] ^ 1 << random.nextInt(8))});
            case 2 -> spliced(bytes, at, at, new byte[] {(byte) random.nextInt()});
            case 3 -> spliced(bytes, at, at + 1 + random.nextInt(bytes.length - at), new byte[0]);
            case 4 -> Arrays.copyOf(bytes, at);
            default -> {
              byte[] other = seeds.get(random.nextInt(seeds.size()));
              int from = other.length == 0 ? 0 : random.nextInt(other.length);
              yield spliced(bytes, at, bytes.length, Arrays.copyOfRange(other, from, other.length));
            }
          };
    }
    return bytes;
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] between) {
    byte[] result = Arrays.copyOf(bytes, from + between.length + bytes.length - to);
    System.arraycopy(between, 0, result, from, between.length);
    System.arraycopy(bytes, to, result, from + between.length, bytes.length - to);
    return result;
  }
}
