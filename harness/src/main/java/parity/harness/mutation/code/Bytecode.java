package parity.harness.mutation.code;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import parity.harness.mutation.code.CodeSite.Fault;

/** Where faults fit in a class file, and the class file with one of them. */
final class Bytecode {
  /** What says nothing of what is computed. */
  private static final Set<String> LEFT_ALONE =
      Set.of("toString", "equals", "hashCode", "close", "values", "valueOf", "$values");

  private static final double A_LITTLE = 1 + 0x1p-6;

  private static final Map<Opcode, Opcode> NEGATED =
      both(
          Map.of(
              Opcode.IFEQ, Opcode.IFNE,
              Opcode.IFLT, Opcode.IFGE,
              Opcode.IFGT, Opcode.IFLE,
              Opcode.IF_ICMPEQ, Opcode.IF_ICMPNE,
              Opcode.IF_ICMPLT, Opcode.IF_ICMPGE,
              Opcode.IF_ICMPGT, Opcode.IF_ICMPLE));

  private static final Map<Opcode, Opcode> BESIDE =
      both(
          Map.of(
              Opcode.IFLT, Opcode.IFLE,
              Opcode.IFGE, Opcode.IFGT,
              Opcode.IF_ICMPLT, Opcode.IF_ICMPLE,
              Opcode.IF_ICMPGE, Opcode.IF_ICMPGT));

  private static final Map<Opcode, Opcode> OTHER =
      both(
          Map.ofEntries(
              Map.entry(Opcode.IADD, Opcode.ISUB),
              Map.entry(Opcode.LADD, Opcode.LSUB),
              Map.entry(Opcode.FADD, Opcode.FSUB),
              Map.entry(Opcode.DADD, Opcode.DSUB),
              Map.entry(Opcode.IMUL, Opcode.IDIV),
              Map.entry(Opcode.LMUL, Opcode.LDIV),
              Map.entry(Opcode.FMUL, Opcode.FDIV),
              Map.entry(Opcode.DMUL, Opcode.DDIV),
              Map.entry(Opcode.ISHL, Opcode.ISHR),
              Map.entry(Opcode.LSHL, Opcode.LSHR),
              Map.entry(Opcode.IAND, Opcode.IOR),
              Map.entry(Opcode.LAND, Opcode.LOR)));

  private static final ClassDesc PROBE = ClassDesc.of(Probe.class.getName());
  private static final MethodTypeDesc HIT =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);

  private Bytecode() {}

  private static Map<Opcode, Opcode> both(Map<Opcode, Opcode> one) {
    var all = new EnumMap<Opcode, Opcode>(one);
    one.forEach((from, to) -> all.putIfAbsent(to, from));
    return Map.copyOf(all);
  }

  /** All places of a class. */
  static List<CodeSite> sites(byte[] bytes) {
    ClassModel model = ClassFile.of().parse(bytes);
    String name = model.thisClass().asInternalName().replace('/', '.');
    List<CodeSite> sites = new ArrayList<>();
    for (MethodModel method : model.methods()) {
      if (isLeftAlone(method) || method.code().isEmpty()) {
        continue;
      }
      int line = 0;
      int at = 0;
      for (CodeElement element : method.code().orElseThrow()) {
        if (element instanceof LineNumber number) {
          line = number.line();
        } else if (element instanceof Instruction instruction) {
          for (Fault fault : faults(instruction)) {
            sites.add(new CodeSite(name, key(method), line, at, fault));
          }
          at++;
        }
      }
    }
    return sites;
  }

  private static boolean isLeftAlone(MethodModel method) {
    return LEFT_ALONE.contains(method.methodName().stringValue());
  }

  /** Name and descriptor: methods of one name are others. */
  private static String key(MethodModel method) {
    return method.methodName().stringValue() + method.methodType().stringValue();
  }

  private static List<Fault> faults(Instruction instruction) {
    return switch (instruction) {
      case ConstantInstruction constant when constant.constantValue() instanceof Number ->
          List.of(Fault.CONSTANT);
      case BranchInstruction branch when BESIDE.containsKey(branch.opcode()) ->
          List.of(Fault.BRANCH, Fault.BOUNDARY);
      case BranchInstruction branch when NEGATED.containsKey(branch.opcode()) ->
          List.of(Fault.BRANCH);
      case OperatorInstruction operator when OTHER.containsKey(operator.opcode()) ->
          List.of(Fault.OPERATOR);
      default -> List.of();
    };
  }

  /** The class with the fault in its place. */
  static byte[] with(byte[] bytes, CodeSite site) {
    return changed(
        bytes,
        (builder, instruction, at, method) -> {
          if (at == site.at() && method.equals(site.method())) {
            put(builder, instruction, site.fault());
          } else {
            builder.with(instruction);
          }
        });
  }

  /**
   * The class that tells which of its places are reached.
   *
   * @param id of each place, by its number among all of the class
   */
  static byte[] probed(byte[] bytes, List<CodeSite> sites, IntUnaryOperator id) {
    return changed(
        bytes,
        (builder, instruction, at, method) -> {
          for (int i = 0; i < sites.size(); i++) {
            if (sites.get(i).at() == at && sites.get(i).method().equals(method)) {
              builder.loadConstant(id.applyAsInt(i)).invokestatic(PROBE, "hit", HIT);
            }
          }
          builder.with(instruction);
        });
  }

  private interface Change {
    void at(CodeBuilder builder, Instruction instruction, int at, String method);
  }

  private static byte[] changed(byte[] bytes, Change change) {
    ClassTransform transform =
        (builder, element) -> {
          if (element instanceof MethodModel method && !isLeftAlone(method)) {
            String name = key(method);
            builder.transformMethod(
                method,
                MethodTransform.transformingCode(
                    CodeTransform.ofStateful(() -> counting(change, name))));
          } else {
            builder.with(element);
          }
        };
    ClassFile file = ClassFile.of(ClassFile.StackMapsOption.GENERATE_STACK_MAPS);
    return file.transformClass(file.parse(bytes), transform);
  }

  private static CodeTransform counting(Change change, String method) {
    int[] at = {0};
    return (builder, element) -> {
      if (element instanceof Instruction instruction) {
        change.at(builder, instruction, at[0]++, method);
      } else {
        builder.with(element);
      }
    };
  }

  private static void put(CodeBuilder builder, Instruction instruction, Fault fault) {
    switch (instruction) {
      case ConstantInstruction constant -> builder.loadConstant(other(constant));
      case BranchInstruction branch ->
          builder.with(
              BranchInstruction.of(
                  (fault == Fault.BOUNDARY ? BESIDE : NEGATED).get(branch.opcode()),
                  branch.target()));
      case OperatorInstruction operator ->
          builder.with(OperatorInstruction.of(OTHER.get(operator.opcode())));
      default -> throw new IllegalArgumentException("no fault fits " + instruction);
    }
  }

  private static ConstantDesc other(ConstantInstruction constant) {
    return switch (constant.constantValue()) {
      case Integer value -> value + 1;
      case Long value -> value + 1;
      case Float value -> value == 0 ? 0x1p-6f : (float) (value * A_LITTLE);
      case Double value -> value == 0 ? 0x1p-6 : value * A_LITTLE;
      default -> throw new IllegalArgumentException("no number: " + constant);
    };
  }
}
