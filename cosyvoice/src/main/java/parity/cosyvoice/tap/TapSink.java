package parity.cosyvoice.tap;

import parity.tensors.Tensor;

/** Takes the outputs of a part's modules while the part runs. */
@FunctionalInterface
public interface TapSink {
  /** For a run that nobody watches. */
  TapSink NONE =
      new TapSink() {
        @Override
        public boolean wants(String path, int call) {
          return false;
        }

        @Override
        public void accept(String path, int call, Tensor tensor) {
          throw new IllegalStateException("nobody wanted " + path);
        }
      };

  /**
   * Whether to hand over what the module returns; a part may save itself the work if not. A
   * module's input, {@code path:parameter}, is for those alone who ask for it.
   */
  default boolean wants(String path, int call) {
    return path.indexOf(':') < 0;
  }

  /**
   * One module has returned.
   *
   * @param path the module's path as in a capture, e.g. {@code llm.llm.model.model.norm}; {@code
   *     .i} after it is the i-th of several outputs
   * @param call how many times the module had been called before in this run
   * @param tensor what it returned; usable until this method returns, so what is kept is copied
   */
  void accept(String path, int call, Tensor tensor);
}
