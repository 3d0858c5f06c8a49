"""What may go over Streamlit's socket: only what our pages send, and no path of this machine."""

import logging

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from data.instance import ROOT

# Streamlit would also empty every visitor's cache, look into git or install files when asked to
TAKEN = {"rerun_script", "stop_script", "app_heartbeat"}
HERE = str(ROOT).encode()
log = logging.getLogger("kiezkarte.socket")


class Messages:
    """Stands between the visitors' sockets and Streamlit."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an app."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return

        async def taken() -> Message:
            while True:
                message = await receive()
                if message.get("text") is not None:  # Streamlit would write a page of log for each
                    return {"type": "websocket.disconnect", "code": 1003}
                if message["type"] != "websocket.receive" or _is_taken(message.get("bytes")):
                    return message
                log.info("a message was not taken")

        async def sent(message: Message) -> None:
            if HERE in (message.get("bytes") or b""):
                message = {**message, "bytes": without_path(message["bytes"])}
            await send(message)

        await self._app(scope, taken, sent)


def without_path(data: bytes) -> bytes:
    """Return a message of Streamlit without the place of our scripts on this machine."""
    message = ForwardMsg()
    message.ParseFromString(data)
    if message.WhichOneof("type") == "new_session":
        message.new_session.main_script_path = "shell.py"
    return message.SerializeToString()


def _is_taken(data: bytes | None) -> bool:
    """Tell whether Streamlit gets a message; what cannot be read it refuses by itself."""
    if not data:
        return True
    message = BackMsg()
    try:
        message.ParseFromString(data)
    except Exception:  # protobuf has no one class for it
        return True
    return message.WhichOneof("type") in TAKEN
