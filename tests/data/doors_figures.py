"""The doors of figures, silence and exports, for the rights matrix: each door's act, how to knock."""

from data import answer_times, exports, figures, silence
from data.filters import Filter
from data.rules import Act


def doors(store, area, now, draft):
    """Return the doors."""
    return {
        "figures.counted": (Act.FIGURES_READ, lambda a: figures.counted(store, a, Filter())),
        "answer_times.counted": (
            Act.FIGURES_READ,
            lambda a: answer_times.counted(store, a, Filter(), now=now),
        ),
        "silence.heard": (Act.FIGURES_READ, lambda a: silence.heard(store, a, area, Filter())),
        "exports.pins_csv": (Act.PIN_EXPORT, lambda a: exports.pins_csv(store, a, Filter())),
        "exports.pins_geojson": (
            Act.PIN_EXPORT,
            lambda a: exports.pins_geojson(store, a, Filter()),
        ),
    }
