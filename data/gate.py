"""The one connection: readers share it, and it can be exchanged when none of them is inside."""

import contextlib
import threading
from collections.abc import Callable, Iterator

from data.engine import Connection


class Gate:
    """Lets readers in until somebody wants to be alone."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.asked = 0  # queries of readers
        self._inside = 0
        self._closed = False
        self._moved = threading.Condition()

    @contextlib.contextmanager
    def cursor(self) -> Iterator[Connection]:
        """Give a reader a cursor of its own for one query."""
        with self._moved:
            while self._closed:
                self._moved.wait()
            self._inside += 1
            self.asked += 1
        try:
            with contextlib.closing(self.connection.cursor()) as cursor:
                yield cursor
        finally:
            with self._moved:
                self._inside -= 1
                self._moved.notify_all()

    def between(self, act: Callable[[Connection], None]) -> bool:
        """Do something short if nobody is inside now; returns whether that was so. For the writer."""
        with self._moved:
            if self._inside:
                return False
            act(self.connection)
            return True

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until all have left and keep others out; for the writer, to set `connection`."""
        with self._moved:
            self._closed = True
            while self._inside:
                self._moved.wait()
        try:
            yield
        finally:
            with self._moved:
                self._closed = False
                self._moved.notify_all()
