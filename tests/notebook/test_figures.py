"""Figures in a cell: every one is shown, the user's own among them."""

import json

SETUP = "import drawdown as dd\nrun = dd.simulate('minimal', trials=50, seed=1, progress=False)"


def pictures(cell):
    return sum("image/png" in output.get("data", {}) for output in cell.outputs)


def test_every_figure_of_a_fresh_kernel_shows(notebook):
    drawn = [
        "run.plot.schedule();",
        "run.plot.finish();",
        "run.trial(3).plot();",
        "run.plot.attacks(); run.plot.exceedance();",
    ]
    own = "import matplotlib.pyplot as plt\nplt.plot([1, 2]);"
    made = notebook(SETUP, *drawn, own, "_, axes = plt.subplots(3)\nrun.plot.attacks(axes);")
    assert [pictures(cell) for cell in made.cells] == [0, 1, 1, 1, 2, 1, 1]


def test_the_backend_may_come_from_anywhere_in_the_library(notebook):
    """The first figure of a kernel may be one of a page, which is not shown."""
    written = "from drawdown.report import svg\nwith svg.page():\n    svg.inline(run.plot.finish(), '', '')"
    made = notebook(SETUP, written, "run.plot.finish();")
    assert [pictures(cell) for cell in made.cells] == [0, 0, 1]


def test_what_the_user_has_set_is_honoured_and_stays(notebook):
    mine = (
        "import matplotlib as mpl, json\n"
        "mpl.rcParams.update({'figure.figsize': (5, 3), 'font.size': 11, 'font.family': ['serif']})\n"
        "mpl.rcParams['axes.prop_cycle'] = mpl.cycler(color=['#123456', '#654321'])\n"
        "import matplotlib.pyplot as plt\n"
        "plt.close(plt.figure())  # which loads the backend\n"
        "before = dict(mpl.rcParams)"
    )
    look = (
        "ax = run.plot.finish()\n"
        "axes = run.plot.schedule()\n"
        "print(json.dumps([\n"
        "    list(ax.figure.get_size_inches()),\n"
        "    axes[0].figure.get_size_inches()[0],\n"
        "    [line.get_color() for line in ax.lines if line.get_drawstyle() == 'steps-post'],\n"
        "    axes[0].lines[0].get_color(),\n"
        "    ax.yaxis.label.get_size(), ax.yaxis.label.get_fontfamily(),\n"
        "    dict(mpl.rcParams) == before,\n"
        "]))"
    )
    made = notebook(SETUP, mine, look)
    (said,) = [out["text"] for out in made.cells[-1].outputs if out.output_type == "stream"]
    size, width, colours, first, font, family, same = json.loads(said)
    assert (size, width) == ([5, 3], 5)
    assert colours == [first] == ["#123456"]
    assert (font, family) == (11, ["serif"])
    assert same
