"""Where the command `hyosan` begins and ends: signals, standard output, exit codes."""

from __future__ import annotations

import signal
import sys
import threading
from typing import TYPE_CHECKING

from hyosan.errors import HyosanError
from hyosan.views import terminal

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

AGAIN = 0.01
"""After how long an interruption that was lost is tried again [s]."""


def lose_no_interrupt(heard: threading.Event) -> None:
    """Interrupt again where Python swallows a Ctrl-C: in a finaliser, or a callback such as importing has.

    Args:
        heard: Set once an interruption has come through.
    """

    def interrupt() -> None:
        if heard.is_set():
            return
        if sys.platform == "win32":
            signal.raise_signal(signal.SIGINT)
        else:  # the main thread, so that whatever it waits for ends
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

    def again(lost: UnraisableHookArgs) -> None:
        if issubclass(lost.exc_type, KeyboardInterrupt):
            timer = threading.Timer(AGAIN, interrupt)
            timer.daemon = True
            timer.start()
        else:
            sys.__unraisablehook__(lost)

    sys.unraisablehook = again


def main() -> None:
    """Run the command line."""
    terminal.prepare()
    code: object = 0
    heard = threading.Event()
    try:
        if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
            signal.signal(signal.SIGTERM, signal.default_int_handler)
        lose_no_interrupt(heard)
        from hyosan.views.commands import app

        app(prog_name="hyosan")
    except SystemExit as end:
        code = end.code
    except OSError as error:  # help and version, which typer prints itself
        lost = terminal.OutputLost(error)
        terminal.complain(str(lost))
        code = lost.exit_code
    except HyosanError as error:
        terminal.complain(str(error))
        code = error.exit_code
    except KeyboardInterrupt:
        heard.set()
        terminal.complain("Interrupted.")
        code = terminal.INTERRUPTED
    try:
        terminal.flush()
    except HyosanError as error:
        terminal.complain(str(error))
        code = code or error.exit_code
    sys.exit(code)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
