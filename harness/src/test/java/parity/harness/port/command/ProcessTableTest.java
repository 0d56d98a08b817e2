package parity.harness.port.command;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class ProcessTableTest {
  private static final long OURS = ProcessHandle.current().pid();

  @Test
  void read_findsThisProcessWithItsParent() {
    ProcessTable.Entry entry = ProcessTable.read().find(OURS).orElseThrow();
    assertThat(entry.ended()).isFalse();
    assertThat(entry.parent())
        .isEqualTo(ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L));
  }

  @Test
  void find_ofANumberThatNoProcessHas_isNothing() {
    assertThat(ProcessTable.read().find(Long.MAX_VALUE)).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void descendants_areChildrenAndTheirs_withTheirGroup() throws Exception {
    Process shell = start("setsid", "sh", "-c", "sleep 100 & sleep 100 & read _; kill 0");
    try {
      List<ProcessTable.Entry> found = List.of();
      while (found.size() < 3) {
        found = ProcessTable.read().descendants(List.of(OURS));
      }
      assertThat(found).hasSize(3);
      assertThat(found.stream().map(ProcessTable.Entry::group).distinct().toList())
          .containsExactly(shell.pid());
    } finally {
      shell.getOutputStream().close();
      shell.waitFor();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void read_ofANameWithParenthesesAndSpaces_isNotMisled() throws Exception {
    Process named = start("sh", "-c", "printf 'a) Z 1 1' >/proc/$$/comm; read _");
    try {
      ProcessTable.Entry entry = ProcessTable.read().find(named.pid()).orElseThrow();
      assertThat(entry.parent()).isEqualTo(OURS);
      assertThat(entry.ended()).isFalse();
    } finally {
      named.getOutputStream().close();
      named.waitFor();
    }
  }

  private static Process start(String... words) throws IOException {
    return new ProcessBuilder(words).start();
  }
}
