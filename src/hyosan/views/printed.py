"""What `hyosan run` and `hyosan show` print of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hyosan.views.terminal import say, say_json

if TYPE_CHECKING:
    from pathlib import Path

    from hyosan.records.run import Records


def print_run(
    records: Records, folder: Path, *, json: bool = False, indicators: bool = False, story: bool = False
) -> None:
    """Print what a run reports, and its indicators or its story if they are wanted.

    Args:
        records: The run.
        folder: Where it lies.
        json: Whether as one line of JSON.
        indicators: Whether with its indicators.
        story: Whether as a story, in place of its numbers.
    """
    found, told = None, None
    if indicators:
        from hyosan.records import indicators as gathering

        found = gathering.indicators(records)
    if story:
        from hyosan.views import story as telling

        told = telling.story(records)
    if json:
        from hyosan.views import hunt_account, indoor_account

        more = {"indicators": found, "story": None if told is None else told.splitlines()}
        more = {name: each for name, each in more.items() if each is not None}
        numbers = {**records.summary, **hunt_account.numbers(records), **indoor_account.numbers(records)}
        say_json({**numbers, "status": records.manifest["status"], "folder": str(folder), **more})
        return
    from hyosan.views.account import account

    say(account(records, folder) if told is None else told)
    if found is not None:
        from hyosan.views.indicators import account as account_of_indicators

        say("\n" + account_of_indicators(found))
