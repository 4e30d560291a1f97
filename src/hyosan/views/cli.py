"""Where the command `hyosan` begins and ends: signals, standard output, exit codes."""

from __future__ import annotations

import signal
import sys

from hyosan.errors import HyosanError
from hyosan.views import terminal


def main() -> None:
    """Run the command line."""
    terminal.prepare()
    code: object = 0
    try:
        if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
            signal.signal(signal.SIGTERM, signal.default_int_handler)
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
