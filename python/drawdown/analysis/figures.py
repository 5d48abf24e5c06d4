"""The figures of a comparison: what there is; the room of plots draws them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from .._internal.attached import attached
from .._internal.sheet import Sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes


class ComparisonPlots:
    """Figures of a comparison; called, it draws the `differences`.

    Each draws on the axes given, or on a new figure with a line at its foot that says where the
    numbers come from.
    """

    def __init__(self, comparison: object) -> None:
        self._comparison = comparison

    def __call__(
        self,
        measures: Sequence[str] | None = None,
        *,
        plans: Sequence[str] | None = None,
        baseline: str | None = None,
        axes: Sequence[Axes] | None = None,
        figsize: tuple[float, float] | None = None,
        title: str | None = None,
    ) -> NDArray[Any]:
        """As `differences`."""
        given: Any = {"axes": axes, "figsize": figsize, "title": title}
        return self.differences(measures, plans=plans, baseline=baseline, **given)

    def differences(
        self,
        measures: Sequence[str] | None = None,
        *,
        plans: Sequence[str] | None = None,
        baseline: str | None = None,
        axes: Sequence[Axes] | None = None,
        figsize: tuple[float, float] | None = None,
        title: str | None = None,
    ) -> NDArray[Any]:
        """Draw how plans differ from the baseline, with 95 % intervals: a panel for each measure.

        Dots are mean differences, bars their intervals: blue where all of the interval is below
        0, red where all of it is above, black where it holds 0. Above each stand the numbers.

        Parameters
        ----------
        measures : sequence of str, optional
            The measures to show. Left out, attacks, casualties, killed, the end of the last phase
            and the cost, as far as a plan has them.
        plans : sequence of str, optional
            The plans to show; left out, all but the baseline; and but ``"stay"``, from which
            everything differs so much that nothing else could be seen, unless it is the only one.
            The line at the foot of a new figure names the plans that are not drawn.
        baseline : str, optional
            The plan to compare with.
        axes : sequence of Axes, optional
            The axes to draw on, one for each measure.
        figsize : (float, float), optional
            Width and height of a new figure, in inches.
        title : str, optional
            What stands above the figure, in place of its usual title.

        Returns
        -------
        ndarray of Axes
            The axes drawn on.

        Raises
        ------
        ValueError
            If there is no such measure or plan, or there are not as many axes as measures.
        """
        sheet = Sheet.of(axes, figsize, title)
        drawn: NDArray[Any] = attached(self, "differences")(
            self._comparison, measures, plans, baseline, sheet
        )
        return drawn

    def plans(
        self,
        axes: Sequence[Axes] | None = None,
        *,
        figsize: tuple[float, float] | None = None,
        title: str | None = None,
    ) -> NDArray[Any]:
        """Draw dates and casualties of the plans, side by side.

        The line holds eight trials of ten (P10 to P90), the dot is the median, the cross the
        mean, the dashed line the announced finish. What goes on past the right edge is not done
        before the horizon.

        Parameters
        ----------
        axes : sequence of Axes, optional
            The axes to draw on, one for each of the end of the last phase, attacks, casualties,
            killed and the cost that a plan has.
        figsize : (float, float), optional
            Width and height of a new figure, in inches.
        title : str, optional
            What stands above the figure, in place of its usual title.

        Returns
        -------
        ndarray of Axes
            The axes drawn on.

        Raises
        ------
        ValueError
            If there are not as many axes, or no plan has any of these.
        """
        sheet = Sheet.of(axes, figsize, title)
        drawn: NDArray[Any] = attached(self, "plans")(self._comparison, sheet)
        return drawn

    def frontier(
        self,
        measures: Sequence[str] | None = None,
        axes: Sequence[Axes] | None = None,
        *,
        figsize: tuple[float, float] | None = None,
        title: str | None = None,
    ) -> NDArray[Any]:
        """Draw what plans trade: the first measure against each of the others.

        Dots are mean differences to the baseline under common random numbers, bars their 95 %
        intervals; a plan that another surely dominates (`Comparison.frontier`) is hollow.
        ``"stay"`` is left out, unless there is only one other plan.

        Parameters
        ----------
        measures : sequence of str, optional
            Two or more measures of the whole theatre; of each, less is better. Left out, those of
            `Comparison.frontier`.
        axes : sequence of Axes, optional
            The axes to draw on, one for each measure but the first.
        figsize : (float, float), optional
            Width and height of a new figure, in inches.
        title : str, optional
            What stands above the figure, in place of its usual title.

        Returns
        -------
        ndarray of Axes
            The axes drawn on.

        Raises
        ------
        ValueError
            If there is no such measure, there are fewer than two, or there are not as many axes
            as needed.
        """
        sheet = Sheet.of(axes, figsize, title)
        drawn: NDArray[Any] = attached(self, "frontier")(self._comparison, measures, sheet)
        return drawn
