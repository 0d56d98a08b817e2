package parity.cosyvoice.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OnnxJavaType;
import java.util.Arrays;
import parity.tensors.DType;

/** ONNX's names for element types. */
final class OnnxTypes {
  private OnnxTypes() {}

  static DataType code(DType dtype) {
    return switch (dtype) {
      case F64 -> DataType.DOUBLE;
      case F32 -> DataType.FLOAT;
      case F16 -> DataType.FLOAT16;
      case BF16 -> DataType.BFLOAT16;
      case I64 -> DataType.INT64;
      case I32 -> DataType.INT32;
      case I16 -> DataType.INT16;
      case I8 -> DataType.INT8;
      case U8 -> DataType.UINT8;
      case BOOL -> DataType.BOOL;
      case F8_E4M3, F8_E5M2, F8_E8M0, U64, U32, U16, C128, C64 ->
          throw new IllegalArgumentException(dtype + " is of no graph's tensors here");
    };
  }

  /** What ONNX Runtime's Java calls it; {@code UNKNOWN} where it has no such type. */
  static OnnxJavaType javaType(DType dtype) {
    return switch (dtype) {
      case F64 -> OnnxJavaType.DOUBLE;
      case F32 -> OnnxJavaType.FLOAT;
      case F16 -> OnnxJavaType.FLOAT16;
      case BF16 -> OnnxJavaType.BFLOAT16;
      case I64 -> OnnxJavaType.INT64;
      case I32 -> OnnxJavaType.INT32;
      case I16 -> OnnxJavaType.INT16;
      case I8 -> OnnxJavaType.INT8;
      case U8 -> OnnxJavaType.UINT8;
      case BOOL -> OnnxJavaType.BOOL;
      case F8_E4M3, F8_E5M2, F8_E8M0, U64, U32, U16, C128, C64 -> OnnxJavaType.UNKNOWN;
    };
  }

  static DType dtype(OnnxJavaType type) {
    return Arrays.stream(DType.values())
        .filter(dtype -> type != OnnxJavaType.UNKNOWN && javaType(dtype) == type)
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException("an output of type " + type + " is no tensor we know"));
  }
}
