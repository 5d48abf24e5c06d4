"""What `drawdown` says to somebody who gives it nothing to do: three things to do next."""

from __future__ import annotations

# A command and what it is for; each can be typed as it stands.
NEXT = {
    "drawdown run iraq-2024 --trials 2000": "simulate a withdrawal that ships; tables on screen",
    "drawdown explore iraq-2024": "move its numbers in a browser, and see what comes of it",
    "drawdown examples minimal > plan.toml": "begin a plan of your own, from the smallest there is",
}


def welcome() -> str:
    """Say what the program is for, and the next three things to do."""
    width = max(map(len, NEXT))
    steps = "".join(f"  {command:<{width}}  {what}\n" for command, what in NEXT.items())
    return (
        "drawdown simulates phased troop withdrawals: who leaves which base when, what delays the\n"
        f"timetable, and which attacks happen on the way out. Three things to do next:\n\n{steps}\n"
        "`drawdown check plan.toml` says a plan in plain words, `drawdown --help` lists all "
        "commands.\n"
    )
