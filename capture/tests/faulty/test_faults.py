"""The list of faults; nothing of this needs torch."""

from parity_capture.faulty.faults import Fault


def test_named_by_with_a_number_sign_is_the_module_itself_in_any_call() -> None:
    fault = Fault("k", "says", ("a.b#", "c"))
    assert [n for n in ("a.b", "a.b#3", "a.b.d#3", "a.bc", "x.a.b", "c.d#1", "c:x") if fault.named_by(n)] == [
        "a.b",
        "a.b#3",
        "c.d#1",
        "c:x",
    ]
