package parity.compare.verdict;

import java.util.Optional;
import java.util.stream.Collectors;
import parity.compare.scan.IntegerDifference;
import parity.compare.scan.Metrics;
import parity.compare.view.Place;
import parity.tensors.TensorInfo;

/** What is to be said about one tensor. */
public sealed interface Verdict {
  /** The tensor's name, as in the reference. */
  String name();

  Status status();

  /**
   * What happened without the name: found, expected, where, and what to do if that is not plain.
   */
  String says();

  /**
   * What would let it be compared, where it was not and that can be told; {@link #says} ends so.
   */
  default Optional<String> advice() {
    return Optional.empty();
  }

  /** The same with what would let it be compared; no other where it was. */
  default Verdict advised(String advice) {
    return this;
  }

  private static String after(Optional<String> advice) {
    return advice.map(words -> "; " + words).orElse("");
  }

  /** One line for a log. */
  default String line() {
    return status() + " " + name() + ": " + says();
  }

  /**
   * Agrees within its limits.
   *
   * @param metrics empty for integers and booleans
   */
  record Match(String name, TensorInfo info, Judgement judgement, Optional<Metrics> metrics)
      implements Verdict {
    @Override
    public Status status() {
      return Status.PASS;
    }

    @Override
    public String says() {
      return info + " matches, " + judgement.summary();
    }
  }

  /** Within its limits, but so would be much that is wrong: constant, empty or all zero. */
  record Vacuous(String name, TensorInfo info) implements Verdict {
    @Override
    public Status status() {
      return Status.VACUOUS;
    }

    @Override
    public String says() {
      return info
          + " is within its limits, but constant or empty in the reference, so it proves nothing";
    }
  }

  /** Numbers are there, and wrong. {@code judgement} has at least one breach. */
  record Mismatch(String name, TensorInfo info, Judgement judgement, Metrics metrics)
      implements Verdict {
    @Override
    public Status status() {
      return Status.FAIL;
    }

    @Override
    public String says() {
      return info
          + " differs, "
          + judgement.breaches().stream().map(Breach::toString).collect(Collectors.joining("; "))
          + "; judged by "
          + judgement.summary();
    }
  }

  /** Integers or booleans that are not all equal, or not as many. */
  record IntegersDiffer(
      String name, TensorInfo expected, TensorInfo actual, IntegerDifference difference)
      implements Verdict {
    @Override
    public Status status() {
      return Status.FAIL;
    }

    @Override
    public String says() {
      return "expected " + expected + ", found " + actual + ", " + difference;
    }
  }

  /**
   * Texts that are not the same.
   *
   * @param expected the reference's text, as the bytes of its UTF-8 form
   * @param difference where they part
   */
  record TextsDiffer(String name, TensorInfo expected, TextDifference difference)
      implements Verdict {
    @Override
    public Status status() {
      return Status.FAIL;
    }

    @Override
    public String says() {
      return difference.toString();
    }
  }

  /** NaN or infinity that are not in the same places on both sides. */
  record NotFinite(String name, TensorInfo info, Place first, Metrics metrics) implements Verdict {
    @Override
    public Status status() {
      return Status.FAIL;
    }

    @Override
    public String says() {
      return info
          + " has "
          + metrics.actualNonFinite()
          + ", expected "
          + metrics.expectedNonFinite()
          + "; first "
          + first;
    }
  }

  /**
   * Cannot be compared, because the axes are others.
   *
   * @param advice what would let it be compared, if that can be told
   */
  record ShapeDiffers(String name, TensorInfo expected, TensorInfo actual, Optional<String> advice)
      implements Verdict {
    /** Of which no more can be told. */
    public ShapeDiffers(String name, TensorInfo expected, TensorInfo actual) {
      this(name, expected, actual, Optional.empty());
    }

    @Override
    public Verdict advised(String advice) {
      return new ShapeDiffers(name, expected, actual, Optional.of(advice));
    }

    @Override
    public Status status() {
      return Status.NOT_COMPARED;
    }

    @Override
    public String says() {
      return "expected shape "
          + expected.shape()
          + ", found "
          + actual.shape()
          + "; not compared"
          + after(advice);
    }
  }

  /**
   * Longer or shorter along one axis.
   *
   * @param axis along which
   * @param rest what is to be said of the part that both have
   */
  record LengthDiffers(String name, TensorInfo expected, TensorInfo actual, int axis, String rest)
      implements Verdict {
    @Override
    public Status status() {
      return Status.FAIL;
    }

    @Override
    public String says() {
      long wanted = expected.shape().dim(axis);
      long found = actual.shape().dim(axis);
      return "expected shape %s, found %s: %d too %s along axis %d; %s"
          .formatted(
              expected.shape(),
              actual.shape(),
              Math.abs(wanted - found),
              found < wanted ? "few" : "many",
              axis,
              rest);
    }
  }

  /**
   * Cannot be compared, because types are never converted in silence.
   *
   * @param advice what would let it be compared, if that can be told
   */
  record DtypeDiffers(String name, TensorInfo expected, TensorInfo actual, Optional<String> advice)
      implements Verdict {
    /** Of which no more can be told. */
    public DtypeDiffers(String name, TensorInfo expected, TensorInfo actual) {
      this(name, expected, actual, Optional.empty());
    }

    @Override
    public Verdict advised(String advice) {
      return new DtypeDiffers(name, expected, actual, Optional.of(advice));
    }

    @Override
    public Status status() {
      return Status.NOT_COMPARED;
    }

    @Override
    public String says() {
      return "expected type "
          + expected.dtype()
          + ", found "
          + actual.dtype()
          + "; not compared"
          + after(advice);
    }
  }

  /**
   * Expected, and not given.
   *
   * @param advice where it may be, if that can be told
   */
  record Missing(String name, TensorInfo expected, Optional<String> advice) implements Verdict {
    /** Where a tensor that was given instead may be it. */
    public static Missing perhaps(String name, TensorInfo expected, Optional<String> other) {
      return new Missing(
          name, expected, other.map(called -> "perhaps it is called " + called + " here"));
    }

    @Override
    public Verdict advised(String advice) {
      return new Missing(name, expected, Optional.of(advice));
    }

    @Override
    public Status status() {
      return Status.NOT_COMPARED;
    }

    @Override
    public String says() {
      return "expected " + expected + ", found nothing of that name" + after(advice);
    }
  }

  /**
   * Given, and not expected.
   *
   * @param renamed what is missing and would fit, if it can be told
   */
  record Unexpected(String name, TensorInfo actual, Optional<String> renamed) implements Verdict {
    @Override
    public Status status() {
      return Status.NOT_COMPARED;
    }

    @Override
    public String says() {
      return "found "
          + actual
          + ", which the reference does not have"
          + renamed.map(other -> "; perhaps it is the missing " + other).orElse("");
    }
  }

  /**
   * Of a kind whose numbers are not read, on one side at least, and not the same on both.
   *
   * @param why what was expected, and what was found
   */
  record NotCompared(String name, String why) implements Verdict {
    @Override
    public Status status() {
      return Status.NOT_COMPARED;
    }

    @Override
    public String says() {
      return why;
    }
  }

  /** The float64 truth of this tensor is damaged, so neither right nor wrong can be shown. */
  record TruthUnusable(String name, TensorInfo info, String why) implements Verdict {
    @Override
    public Status status() {
      return Status.NOT_COMPARED;
    }

    @Override
    public String says() {
      return "the float64 truth of " + info + " " + why + "; capture it again";
    }
  }

  /** Left out on purpose. */
  record Skipped(String name, String reason) implements Verdict {
    @Override
    public Status status() {
      return Status.SKIPPED;
    }

    @Override
    public String says() {
      return reason;
    }
  }
}
