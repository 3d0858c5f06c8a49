"""The server: Streamlit's pages, our HTTP routes, and what guards them. No logic."""

import contextlib
import os
from collections.abc import AsyncIterator

import streamlit as st
from starlette.middleware import Middleware

from data import instance
from pages.api import health, routes
from pages.api.security import Guard


@contextlib.asynccontextmanager
async def lifespan(_: object) -> AsyncIterator[None]:
    """Open the database before the first visitor, close it after the last."""
    instance.start(instance.settings_from(os.environ))
    health.warm_up()
    yield
    instance.stop()


app = st.App(
    "pages/shell.py", routes=routes.every(), middleware=[Middleware(Guard)], lifespan=lifespan
)
