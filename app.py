"""The server: Streamlit's pages, our HTTP routes, and what guards them. No logic."""

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator

import streamlit as st
from starlette.middleware import Middleware

from components import field_names, notices
from data import instance
from pages.api import daily, health, logs, reading, routes, sockets
from pages.api.crowd import Crowd
from pages.api.messages import Messages
from pages.api.pace import Paced
from pages.api.packed import Packed
from pages.api.security import Guard


@contextlib.asynccontextmanager
async def lifespan(_: object) -> AsyncIterator[None]:
    """Open the database before the first visitor, close it after the last."""
    instance.start(instance.settings_from(os.environ))
    field_names.refresh(instance.running().store)
    sockets.answer_at_once()
    sockets.name_no_software()
    health.warm_up()
    work = [asyncio.create_task(one()) for one in (daily.keep_doing, reading.keep_doing)]
    yield
    for one in work:
        one.cancel()
    await asyncio.to_thread(reading.finish)
    await asyncio.to_thread(daily.finish)
    instance.stop()


# A page's script holds Python's lock so long before others get it: answers wait behind each script
sys.setswitchinterval(0.0005)
logs.keep_to_places()
logs.in_lines()
app = st.App(
    "pages/shell.py",
    routes=routes.every(),
    middleware=[
        Middleware(Guard),
        Middleware(Crowd),
        Middleware(Paced),
        Middleware(Packed),
        Middleware(Messages),
    ],
    lifespan=lifespan,
    on_script_error=notices.unexpected,
)
