package parity.harness.mutation.code;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import parity.harness.mutation.code.CodeSite.Fault;

class BytecodeTest {
  /** What gets faults. */
  public static final class Arithmetic {
    private Arithmetic() {}

    /** Half of the sum of what is below ten. */
    public static double halved(int a, int b) {
      return a < 10 ? (a + b) * 0.5 : b;
    }

    /** A method of the same name is another. */
    public static double halved(int a) {
      return a + 1;
    }
  }

  private static byte[] bytes() {
    String file = Arithmetic.class.getName().replace('.', '/') + ".class";
    try (InputStream in = BytecodeTest.class.getClassLoader().getResourceAsStream(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A class of these bytes, whatever the class path has. */
  private static Class<?> defined(byte[] bytes) {
    return new ClassLoader(BytecodeTest.class.getClassLoader()) {
      Class<?> define() {
        return defineClass(Arithmetic.class.getName(), bytes, 0, bytes.length);
      }
    }.define();
  }

  private static double halved(byte[] bytes, int a, int b) {
    try {
      return (double) defined(bytes).getMethod("halved", int.class, int.class).invoke(null, a, b);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e instanceof InvocationTargetException t ? t.getCause() : e);
    }
  }

  private static CodeSite site(Fault fault) {
    return Bytecode.sites(bytes()).stream()
        .filter(site -> site.fault() == fault && site.method().equals("halved(II)D"))
        .toList()
        .getLast();
  }

  @Test
  void sites_ofAClass_areItsConstantsBranchesAndOperators() {
    List<Fault> faults =
        Bytecode.sites(bytes()).stream()
            .filter(site -> site.method().equals("halved(II)D"))
            .map(CodeSite::fault)
            .toList();
    assertThat(faults)
        .containsExactly(
            Fault.CONSTANT,
            Fault.BRANCH,
            Fault.BOUNDARY,
            Fault.OPERATOR,
            Fault.CONSTANT,
            Fault.OPERATOR)
        .inOrder();
    assertThat(site(Fault.BRANCH).toString()).matches("BRANCH in .*Arithmetic.halved, line \\d+");
  }

  @Test
  void with_eachFault_changesThatPlaceAlone() {
    assertThat(halved(bytes(), 4, 6)).isEqualTo(5.0);
    assertThat(halved(Bytecode.with(bytes(), site(Fault.BRANCH)), 4, 6)).isEqualTo(6.0);
    assertThat(halved(Bytecode.with(bytes(), site(Fault.BOUNDARY)), 10, 6)).isEqualTo(8.0);
    assertThat(halved(Bytecode.with(bytes(), site(Fault.BOUNDARY)), 4, 6)).isEqualTo(5.0);
    assertThat(halved(Bytecode.with(bytes(), site(Fault.CONSTANT)), 4, 6))
        .isEqualTo(5.0 * (1 + 0x1p-6));
    assertThat(halved(Bytecode.with(bytes(), site(Fault.OPERATOR)), 4, 6)).isEqualTo(20.0);
  }

  @Test
  void probed_class_computesTheSame() {
    List<CodeSite> sites = Bytecode.sites(bytes());
    List<Integer> asked = new ArrayList<>();
    byte[] probed =
        Bytecode.probed(
            bytes(),
            sites,
            i -> {
              asked.add(i);
              return i;
            });
    assertWithMessage("each place has its probe").that(asked).hasSize(sites.size());
    assertThat(halved(probed, 4, 6)).isEqualTo(5.0);
    assertThat(halved(probed, 12, 6)).isEqualTo(6.0);
  }
}
