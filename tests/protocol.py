"""A visitor without a browser: speaks Streamlit's socket, and may send what no page would."""

import json
import re
from collections.abc import Iterator
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect

WAIT = 30.0  # seconds for a run of the script
FOLDED = re.compile(r"<[^>]+>")


class Visitor:
    """One tab: what it was shown last, and what it says its widgets hold."""

    def __init__(
        self, url: str, *, cookie: str = "", session: str = "", source: str = "", origin: str = ""
    ) -> None:
        """Connect; `source` is the address that a local proxy would name."""
        names = {"Cookie": cookie, "X-Forwarded-For": source}
        self._line = connect(
            url.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=["streamlit", "none", *([session] if session else [])],  # type: ignore[list-item]
            additional_headers={name: value for name, value in names.items() if value},
            origin=origin or url,  # type: ignore[arg-type]
            max_size=None,
        )
        self.socket: ClientConnection = self._line.__enter__()
        self.url = url
        self.session = ""
        self.page = ""
        self.query = "lang=de"
        self.values: dict[str, WidgetState] = {}
        self.shown: list[Any] = []
        self.raw = b""

    def __enter__(self) -> "Visitor":
        """Be closed at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the tab."""
        self._line.__exit__(None, None, None)

    # --- what it sends --------------------------------------------------------

    def open(self, page: str = "", query: str = "", *, page_hash: str = "") -> "Visitor":
        """Open a page by its name (or a forged hash) as a click on a link does."""
        self.query = query or self.query
        self.values = {}
        message = self._message([])
        message.rerun_script.page_name = page
        message.rerun_script.page_script_hash = page_hash
        message.rerun_script.context_info.url = f"{self.url}/{page}"
        return self.send(message)

    def again(self, *triggers: WidgetState, fragment: str = "") -> "Visitor":
        """Run the page anew with what the widgets hold, and with these that are pressed."""
        message = self._message(triggers)
        message.rerun_script.page_script_hash = self.page
        message.rerun_script.fragment_id = fragment
        return self.send(message)

    def click(self, key: str) -> "Visitor":
        """Press a button."""
        return self.again(WidgetState(id=self.id_of(key), trigger_value=True))

    def hold(self, key: str, **value: Any) -> "Visitor":
        """Let a widget hold a value from now on (`string_value="..."`), whatever it would take."""
        widget = self.id_of(key)
        state = WidgetState(id=widget)
        for name, given in value.items():
            if name.endswith("_array_value"):
                getattr(state, name).data.extend(given)
            else:
                setattr(state, name, given)
        self.values[widget] = state
        return self

    def does(self, event: object) -> "Visitor":
        """Let the page's map send an event; a text is sent as it is."""
        text = event if isinstance(event, str) else json.dumps(event)
        widget = self.map_id()
        self.values[widget] = WidgetState(id=widget, json_value=text)
        return self.again()

    def map_id(self) -> str:
        """Return the id of the page's map."""
        return next(e.component_instance.id for e in self.shown if e.HasField("component_instance"))

    def send(self, message: BackMsg) -> "Visitor":
        """Send a message and wait until the script has run."""
        self.socket.send(message.SerializeToString())
        return self.wait()

    def wait(self) -> "Visitor":
        """Wait for the end of a run, and keep what it showed."""
        self.shown, self.raw, started = [], b"", False
        for message in self._messages():
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.session = message.new_session.initialize.session_id or self.session
                self.page = message.new_session.page_script_hash or self.page
                self.shown, started = [], True
            elif kind == "navigation":
                self.page = message.navigation.page_script_hash or self.page
                self.pages = {
                    p.url_pathname: p.page_script_hash for p in message.navigation.app_pages
                }
            elif kind == "delta":
                self.shown.append(message.delta.new_element)
            elif kind == "page_info_changed":
                self.query = message.page_info_changed.query_string
            elif kind == "script_finished" and started:
                break
        return self

    # --- what it sees ---------------------------------------------------------

    def text(self) -> str:
        """Return all that is said on the page, one line an element."""
        return "\n".join(self._texts())

    def has(self, key: str) -> bool:
        """Tell whether the page has a widget of this key."""
        return bool(self._ids(key))

    def id_of(self, key: str) -> str:
        """Return the id of a widget by its key, or by a beginning of its key before '*'."""
        found = self._ids(key)
        assert found, f"no widget {key}: {[self._id(e) for e in self.shown if self._id(e)]}"
        return found[0]

    def broke(self) -> bool:
        """Tell whether Streamlit shows an error of its own."""
        return any(element.WhichOneof("type") == "exception" for element in self.shown)

    def _ids(self, key: str) -> list[str]:
        pattern = re.compile(r"\$\$ID-[0-9a-f]+-" + re.escape(key).replace(r"\*", ".*"))
        return [name for e in self.shown if pattern.fullmatch(name := self._id(e))]

    def _texts(self) -> Iterator[str]:
        for element in self.shown:
            kind = element.WhichOneof("type")
            inner = getattr(element, kind) if kind else None
            for name in ("body", "label"):
                said = getattr(inner, name, "")
                if isinstance(said, str) and said and not said.startswith("<style>"):
                    yield FOLDED.sub(" ", said)

    @staticmethod
    def _id(element: Any) -> str:
        kind = element.WhichOneof("type")
        return getattr(getattr(element, kind), "id", "") if kind else ""

    def _message(self, triggers: Any) -> BackMsg:
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.widget_states.widgets.extend([*self.values.values(), *triggers])
        return message

    def _messages(self) -> Iterator[ForwardMsg]:
        while True:
            raw = self.socket.recv(timeout=WAIT)
            assert isinstance(raw, bytes)
            self.raw += raw
            message = ForwardMsg()
            message.ParseFromString(raw)
            yield message
