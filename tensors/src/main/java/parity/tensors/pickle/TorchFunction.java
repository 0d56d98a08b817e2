package parity.tensors.pickle;

/** The functions and classes that a checkpoint may ask to be called. None of them ever is. */
public enum TorchFunction {
  DICT("dict"),
  SET("set"),
  ENCODE("bytes"),
  BYTES("bytes"),
  REBUILD_TENSOR("tensor"),
  REBUILD_TYPED_TENSOR("tensor"),
  REBUILD_PARAMETER("parameter"),
  REBUILD_FROM_TYPE("tensor"),
  SIZE("torch.Size"),
  DEVICE("torch.device"),
  LAYOUT("torch.layout"),
  COMPLEX("complex"),
  BYTEARRAY("bytearray"),
  SLICE("slice"),
  RANGE("range"),
  NUMPY_DTYPE("NumPy dtype"),
  NUMPY_SCALAR("NumPy scalar"),
  NUMPY_ARRAY("NumPy array", true),
  QUANTISED("quantised tensor", true),
  SPARSE("sparse tensor", true),
  NESTED("nested tensor", true),
  META("meta tensor", true),
  FROM_NUMPY("tensor made of a NumPy array", true);

  private final String kind;
  private final boolean array;

  TorchFunction(String kind) {
    this(kind, false);
  }

  TorchFunction(String kind, boolean array) {
    this.kind = kind;
    this.array = array;
  }

  /** What it would make, for messages. */
  public String kind() {
    return kind;
  }

  /** Whether what it would make holds numbers in an array. */
  public boolean makesArray() {
    return array;
  }
}
