"""The filter in the address of a page: read from it, and written into it."""

import streamlit as st

from data import filters
from data.filters import Filter

IN_ADDRESS = {"lang": "spoken"}  # `lang` in the address is the screen's language
TURN = "filter-turn"  # fields of a new turn start from what the address says


def asked() -> Filter:
    """Read what the address asks for; what makes no sense is left out."""
    query = st.query_params.to_dict()
    return filters.from_query({n: query[a] for n, a in _addresses() if a in query})


def keep(wanted: Filter) -> None:
    """Write the filter into the address, and nothing that it does not want."""
    query = filters.to_query(wanted)
    for name, address in _addresses():
        if name in query:
            if st.query_params.get(address) != query[name]:
                st.query_params[address] = query[name]
        elif address in st.query_params:
            del st.query_params[address]


def put(wanted: Filter) -> None:
    """Ask for something else from now on, whatever stands in the fields; for callbacks."""
    keep(wanted)
    st.session_state[TURN] = turn() + 1


def keep_to(wanted: Filter) -> None:
    """Keep to a window of the map, or to a shape drawn on it, from now on; for callbacks."""
    for name, value in filters.to_query(wanted).items():
        st.query_params[IN_ADDRESS.get(name, name)] = value


def turn() -> int:
    """Return which turn of the fields it is; a new one gives them new names in the browser."""
    return st.session_state.get(TURN, 0)


def _addresses() -> list[tuple[str, str]]:
    return [(name, IN_ADDRESS.get(name, name)) for name in vars(Filter())]
