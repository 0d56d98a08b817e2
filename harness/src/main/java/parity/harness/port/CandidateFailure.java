package parity.harness.port;

/** A candidate did not deliver; the reason goes on after "the candidate failed: it". */
public final class CandidateFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  public CandidateFailure(String reason) {
    super(reason);
    this.reason = reason;
  }

  public String reason() {
    return reason;
  }
}
