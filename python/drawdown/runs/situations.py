"""How things stand in many trials at once, when a policy is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .._internal.checks import known

if TYPE_CHECKING:
    from .._core import _PolicyIds

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Texts = NDArray[np.str_]

# Answers that are no place among the actions.
STAY, END = -1, -2
END_WORD = "end"
# Nothing that is observed is larger.
LARGEST = 1e9
# Where a phase stands, by number.
PHASE_STATES = ("waiting", "moving", "held", "done", "cancelled")
# SplitMix64 (Steele, Lea & Flood 2014), as the core has it.
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX = ((30, np.uint64(0xBF58476D1CE4E5B9)), (27, np.uint64(0x94D049BB133111EB)))


class Remembered(MutableMapping[str, Any]):
    """What a policy remembers, by name: of several trials an array each, of one a number.

    What is assigned is there at the next question of the trial. Arrays may be changed in place.
    """

    def __init__(self, names: Mapping[str, int], values: Floats, place: int | slice) -> None:
        self._names, self._values, self._place = names, values, place

    def __getitem__(self, name: str) -> Any:
        found = self._values[self._place, self._names[name]]
        return float(found) if isinstance(self._place, int) else found

    def __setitem__(self, name: str, value: ArrayLike) -> None:
        if name not in self._names:
            raise KeyError(f"{name!r} is not remembered: give it a beginning in `memory`")
        self._values[self._place, self._names[name]] = value

    def __delitem__(self, name: str) -> None:
        raise TypeError("what a policy remembers is not forgotten: assign another number")

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class Situations:
    """How things stand in the trials in which a policy is asked, each at its own review or event.

    Every property and method gives an array with a value, or a row, for each of them, in one order.
    What `counts` of the policy names is ``now["name"]``. Which trials are asked together, and in
    which order, has no meaning and changes from run to run.

    Attributes
    ----------
    sites, contingents, threats : list of str
        The ids that arrays by site, contingent and threat are in the order of.
    trials : array of int, shape (n,)
        The numbers of the trials, to look them up. A policy whose decisions hang on them has no
        meaning.
    days : array of float, shape (n,)
        Days since the start.
    people : array of int, shape (n, sites, contingents)
        People there now.
    attacks, wounded, killed : array of int, shape (n, threats, sites)
        Attacks so far, and people wounded and killed in them.
    pause_days_left, extension_days_left : array of float, shape (n,)
        Days for which movement may still be held, and by which finishes may still be pushed back.
    friction : array of float, shape (n,)
        The host's friction.
    insurgent_strength : array of float, shape (n,)
        The strength of the insurgency, a share of the most that it can be; 0 where there is none.
    expelled, is_held, is_done : array of bool, shape (n,)
        Whether the host has told the troops to leave, movement is held, every phase is done.
    is_in_force : array of bool, shape (n,)
        Whether the policy has set off and has not ended since.
    days_in_force : array of float, shape (n,)
        For how long; NaN where it is not.
    times : array of int, shape (n,)
        How often the policy has set off.
    may_act : array of bool, shape (n,)
        Whether its terms allow it to set off now; elsewhere, an action does nothing.
    memory : mapping of str to array of float, shape (n,)
        What the policy remembers of each trial.
    """

    def __init__(
        self,
        ids: _PolicyIds,
        columns: Mapping[str, slice],
        names: tuple[Mapping[str, int], Mapping[str, int], Mapping[str, int]],
        rows: Floats,
        keys: NDArray[np.uint64],
    ) -> None:
        self._ids, self._columns, self._rows, self._keys = ids, columns, rows, keys
        self._actions, self._counts, self._remembered = names
        self.sites, self.contingents = ids["sites"], ids["contingents"]
        self.threats = ids["threats"]
        own = rows[:, rows.shape[1] - len(self._remembered) :]
        self.memory: MutableMapping[str, Any] = Remembered(self._remembered, own, slice(None))
        self.remembered = own

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, count: str) -> Ints:
        known(count, self._counts, "count", "counts of the policy")
        first = self._rows.shape[1] - self.remembered.shape[1] - len(self._counts)
        return cast(Ints, self._rows[:, first + self._counts[count]].astype(np.int64))

    @property
    def trials(self) -> Ints:
        """The numbers of the trials."""
        return cast(Ints, self._keys[:, 0].astype(np.int64))

    @property
    def days(self) -> Floats:
        """Days since the start."""
        return self._one("days")

    @property
    def pause_days_left(self) -> Floats:
        """Days for which movement may still be held."""
        return self._one("pause_days_left")

    @property
    def extension_days_left(self) -> Floats:
        """Days by which finishes may still be pushed back."""
        return self._one("extension_days_left")

    @property
    def friction(self) -> Floats:
        """The host's friction."""
        return self._one("friction")

    @property
    def insurgent_strength(self) -> Floats:
        """The strength of the insurgency, a share of the most that it can be."""
        return self._one("insurgent_strength")

    @property
    def days_in_force(self) -> Floats:
        """For how many days the policy has been in force; NaN where it is not."""
        return self._one("days_in_force")

    @property
    def times(self) -> Ints:
        """How often the policy has set off."""
        return cast(Ints, self._one("times").astype(np.int64))

    @property
    def expelled(self) -> Bools:
        """Whether the host has told the troops to leave."""
        return self._one("expelled") > 0

    @property
    def is_held(self) -> Bools:
        """Whether movement is held, by this policy or another rule."""
        return self._one("is_held") > 0

    @property
    def is_done(self) -> Bools:
        """Whether every phase is done."""
        return self._one("is_done") > 0

    @property
    def may_act(self) -> Bools:
        """Whether the terms of the policy allow it to set off now."""
        return self._one("may_act") > 0

    @property
    def is_in_force(self) -> Bools:
        """Whether the policy has set off and has not ended since."""
        return ~np.isnan(self.days_in_force)

    @property
    def people(self) -> Ints:
        """People now, by site and contingent."""
        return self._several("people", len(self.sites), len(self.contingents))

    @property
    def attacks(self) -> Ints:
        """Attacks so far, by threat and site."""
        return self._several("attacks", len(self.threats), len(self.sites))

    @property
    def wounded(self) -> Ints:
        """People wounded so far, by threat and site."""
        return self._several("wounded", len(self.threats), len(self.sites))

    @property
    def killed(self) -> Ints:
        """People killed so far, by threat and site."""
        return self._several("killed", len(self.threats), len(self.sites))

    @property
    def tension(self) -> Texts:
        """The ids of the states of tension; ``steady`` where the scenario has none."""
        return np.array(self._ids["states"])[self._one("tension").astype(np.intp)]

    def people_at(self, site: str) -> Ints:
        """Count the people on a site."""
        return cast(Ints, self.people[:, self._place("sites", site), :].sum(axis=1))

    def people_of(self, contingent: str) -> Ints:
        """Count the people of a contingent on all sites."""
        return cast(Ints, self.people[:, :, self._place("contingents", contingent)].sum(axis=1))

    def phase(self, id: str) -> Texts:
        """Say where a phase stands: waiting, moving, held, done or cancelled."""
        states = self._rows[:, self._columns["phases"]][:, self._place("phases", id)]
        return np.array(PHASE_STATES)[states.astype(np.intp)]

    def gate_is_open(self, id: str) -> Bools:
        """Say whether a gate is open."""
        return self._rows[:, self._columns["gates"]][:, self._place("gates", id)] > 0

    def has_happened(self, event: str, outcome: str | None = None) -> Bools:
        """Say whether a calendar event has happened, with an outcome if one is given."""
        place = self._place("events", event)
        found = self._rows[:, self._columns["events"]][:, place]
        if outcome is None:
            return found >= 0
        outcomes = self._ids["outcomes"][place]
        known(outcome, outcomes, "outcome", f"outcomes of {event}")
        same: Bools = found == outcomes.index(outcome)
        return same

    def uniform(self, count: int | None = None, *, of_the_trial: bool = False) -> Floats:
        """Draw uniform numbers from 0 to 1 from the streams of the policy.

        Parameters
        ----------
        count : int, optional
            How many for each trial; left out, one, without an axis of its own.
        of_the_trial : bool
            Whether they are the same at every question of a trial, such as for a threshold that is
            drawn once in a history; otherwise they are others at each, keyed by its day.

        Returns
        -------
        array of shape (n, count), or (n,)
            The same from the beginning at every call. They are keyed by the seed, the trial and
            the name of the policy, and those of the Rust policy of that name.
        """
        begun = self._keys[:, 1 if of_the_trial else 2]
        with np.errstate(over="ignore"):
            steps = np.arange(1, (1 if count is None else count) + 1, dtype=np.uint64) * _GOLDEN
            bits = begun[:, None] + steps
            for shift, factor in _MIX:
                bits = (bits ^ (bits >> np.uint64(shift))) * factor
            bits ^= bits >> np.uint64(31)
        found = (bits >> np.uint64(11)) * 2.0**-53
        return cast(Floats, found[:, 0] if count is None else found)

    @property
    def observation_names(self) -> list[str]:
        """The names of the columns of `observation`, such as ``counts lately``."""
        ids, names = self._ids, []
        channels = [f"{threat} {site}" for threat in self.threats for site in self.sites]
        at = {
            "people": [f"{site} {who}" for site in self.sites for who in self.contingents],
            "phases": ids["phases"],
            "gates": ids["gates"],
            "events": ids["events"],
            "attacks": channels,
            "wounded": channels,
            "killed": channels,
        }
        for name in self._columns:
            names += [f"{name} {one}" for one in at[name]] if name in at else [name]
        return [*names, *(f"counts {name}" for name in self._counts)]

    @property
    def observation(self) -> NDArray[np.float32]:
        """All that is to be seen as numbers, a row for each trial: what a learner is shown.

        Truths are 0 and 1, states and phases numbered as in ``observation_names`` and `phase`,
        calendar events -1 until they happen, then the number of the outcome; days in force are -1
        where it is not in force.
        """
        seen = self._rows[:, : self._rows.shape[1] - self.remembered.shape[1]]
        return np.nan_to_num(seen, nan=-1.0).clip(-1.0, LARGEST).astype(np.float32)

    def choose(self, **actions: ArrayLike) -> Ints:
        """Make the answer of a review from masks: what is to be done where.

        Parameters
        ----------
        **actions : array of bool, shape (n,)
            Where each of the `actions` of the policy is to be done, by its name; ``end`` where what
            is in force ends. Of several in one trial the first counts. Elsewhere nothing changes.

        Returns
        -------
        array of int, shape (n,)
            What `Policy.review` returns.
        """
        answer = np.full(len(self), STAY, dtype=np.int64)
        for name, where in reversed(actions.items()):
            if name != END_WORD:
                known(name, self._actions, "action", "actions of the policy")
            mask = np.broadcast_to(np.asarray(where, dtype=bool), answer.shape)
            answer[mask] = END if name == END_WORD else self._actions[name]
        return answer

    def one(self, k: int) -> Situation:
        """Give how things stand in one of the trials, by its place from 0."""
        k = range(len(self))[k]
        names = self._actions, self._counts, self._remembered
        here = slice(k, k + 1)
        return Situation(
            Situations(self._ids, self._columns, names, self._rows[here], self._keys[here])
        )

    def _one(self, name: str) -> Floats:
        return self._rows[:, self._columns[name].start]

    def _several(self, name: str, *shape: int) -> Ints:
        found = self._rows[:, self._columns[name]].reshape(len(self), *shape)
        return cast(Ints, found.astype(np.int64))

    def _place(self, kind: str, id: str) -> int:
        ids: list[str] = self._ids[kind]  # type: ignore[literal-required]
        known(id, ids, kind.removesuffix("s"), kind)
        return ids.index(id)


class Situation:
    """How things stand in one trial: everything that `Situations` has, of that one.

    What is an array of numbers there is a number here, and arrays by site or threat have no row for
    the trial. ``now.memory["name"] = 3`` is there at the next question of the trial.
    """

    def __init__(self, alone: Situations) -> None:
        self._alone = alone
        self.memory: MutableMapping[str, Any] = Remembered(alone._remembered, alone.remembered, 0)

    def __eq__(self, other: object) -> bool:
        """Whether the same stands in the same trial."""
        if not isinstance(other, Situation):
            return NotImplemented
        mine, theirs = ((one._alone._rows, one._alone._keys) for one in (self, other))
        return all(np.array_equal(*both, equal_nan=True) for both in zip(mine, theirs, strict=True))

    __hash__ = None  # type: ignore[assignment]

    @property
    def names(self) -> list[str]:
        """The names of the numbers in ``observation``."""
        return self._alone.observation_names

    def __getitem__(self, count: str) -> int:
        return int(self._alone[count][0])

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name in ("one", "choose", "remembered", "observation_names"):
            raise AttributeError(f"a situation of one trial has no {name!r}")
        found = getattr(self._alone, name)
        if callable(found):
            return lambda *given, **named: self._of(found(*given, **named))
        return self._of(found)

    def _of(self, found: Any) -> Any:
        if not isinstance(found, np.ndarray):
            return found
        own = found[0]
        return own.item() if np.ndim(own) == 0 else own
