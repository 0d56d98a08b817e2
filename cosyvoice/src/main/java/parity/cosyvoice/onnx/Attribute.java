package parity.cosyvoice.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import com.google.protobuf.ByteString;
import java.util.Arrays;
import parity.tensors.DType;

/** An attribute of a node, e.g. {@code of("axis", -1)}. */
public final class Attribute {
  private final AttributeProto proto;

  private Attribute(AttributeProto proto) {
    this.proto = proto;
  }

  /** An integer attribute. */
  public static Attribute of(String name, long value) {
    return new Attribute(builder(name, AttributeType.INT).setI(value).build());
  }

  /** A float attribute. */
  public static Attribute of(String name, float value) {
    return new Attribute(builder(name, AttributeType.FLOAT).setF(value).build());
  }

  /** A string attribute. */
  public static Attribute of(String name, String value) {
    return new Attribute(
        builder(name, AttributeType.STRING).setS(ByteString.copyFromUtf8(value)).build());
  }

  /** An attribute that is an element type, as of {@code Cast}. */
  public static Attribute of(String name, DType value) {
    return of(name, OnnxTypes.code(value).getNumber());
  }

  /** An attribute that is a list of integers. */
  public static Attribute ofList(String name, long... values) {
    return new Attribute(
        builder(name, AttributeType.INTS)
            .addAllInts(Arrays.stream(values).boxed().toList())
            .build());
  }

  private static AttributeProto.Builder builder(String name, AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }

  AttributeProto proto() {
    return proto;
  }
}
