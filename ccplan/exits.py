"""How a command ends: its exit codes, and the exceptions for endings that are nobody's fault."""

EXIT_DONE = 0
EXIT_UNREACHABLE = 1  # the plan or target cannot be met; the message says why
EXIT_FAULTY = 2  # faulty input; the message says where
EXIT_INTERRUPTED = 3  # stopped by the user; what was finished is kept
EXIT_OUR_FAULT = 70  # a fault of ours; one line, and a crash file named


class TargetUnreachable(Exception):  # noqa: N818 - it says what it is
    """The plan or target cannot be met; the message says why in the planner's words. Exit code 1."""


class CutShort(Exception):  # noqa: N818 - it says what it is
    """Interrupted with an answer in hand, which has been written; the message says which. Exit code 3."""


class NothingKept(Exception):  # noqa: N818 - it says what it is
    """Interrupted where nothing can be gone on from; the message says why. Exit code 3."""
