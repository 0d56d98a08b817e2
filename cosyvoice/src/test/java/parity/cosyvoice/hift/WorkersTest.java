package parity.cosyvoice.hift;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class WorkersTest {
  @Test
  void forEach_oneJobFails_returnsWhenTheOthersAreDone() {
    CountDownLatch failed = new CountDownLatch(1);
    AtomicInteger done = new AtomicInteger();
    try (Workers workers = new Workers(2)) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  workers.forEach(
                      List.of(0, 1, 2, 3),
                      job -> {
                        if (job == 0) {
                          failed.countDown();
                          throw new IllegalArgumentException("job 0");
                        }
                        await(failed);
                        done.incrementAndGet();
                      }));
      assertThat(done.get()).isEqualTo(3);
      assertThat(e).hasMessageThat().isEqualTo("job 0");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
