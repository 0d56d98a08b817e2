package parity.cosyvoice;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import parity.tensors.FuzzMutants;

class FuzzMutantsTest {
  @TestFactory
  Stream<DynamicTest> everyReader_onMutants_readsOrRefuses() throws IOException {
    return FuzzMutants.ofModule();
  }
}
