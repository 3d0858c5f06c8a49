"""The one running Kiezkarte of this process: its settings, its area, its open database."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from data import areas, tiles
from data.limits import Limits
from data.store import Store
from data.tiles import Tiles
from geo.area import Area

ROOT = Path(__file__).parent.parent
TLS = "tls"  # the folder of the certificates, beside the database


@dataclass(frozen=True)
class Settings:
    """What the environment decides before the start."""

    database: Path
    area: str = "mariannenplatz"
    demo: bool = True
    demo_password: str = ""
    tiles: Path | None = None  # an .mbtiles file; without one the area is drawn
    address: str = ""  # where people reach Kiezkarte from home; '' = as they see it now
    room: str = ""  # where tablets in the room reach it; '' = as they see it now
    passphrase: str = field(
        default="", repr=False
    )  # of the backups; '' = the file beside the database


@dataclass(frozen=True)
class Instance:
    """What every page and route works with."""

    settings: Settings
    area: Area
    store: Store
    limits: Limits
    tiles: Tiles | None = None


_lock = threading.Lock()
_running: Instance | None = None


def settings_from(environ: Mapping[str, str]) -> Settings:
    """Read the settings from environment variables (README, "Settings")."""
    return Settings(
        database=Path(environ.get("KIEZKARTE_DATABASE") or ROOT / "var" / "kiezkarte.duckdb"),
        area=environ.get("KIEZKARTE_AREA") or "mariannenplatz",
        demo=environ.get("KIEZKARTE_DEMO", "1") != "0",
        demo_password=environ.get("KIEZKARTE_DEMO_PASSWORD", ""),
        tiles=Path(environ["KIEZKARTE_TILES"]) if environ.get("KIEZKARTE_TILES") else None,
        address=environ.get("KIEZKARTE_ADDRESS", "").rstrip("/"),
        room=environ.get("KIEZKARTE_ROOM", "").rstrip("/"),
        passphrase=environ.get("KIEZKARTE_BACKUP_PASSPHRASE", ""),
    )


def start(settings: Settings) -> Instance:
    """Open the database and the area once; later calls return what runs already."""
    global _running
    with _lock:
        if _running is None:
            area = areas.load(settings.area)
            ground = tiles.read(settings.tiles) if settings.tiles else None
            _running = Instance(settings, area, Store.open(settings.database), Limits(), ground)
        return _running


def running() -> Instance:
    """Return the running instance; RuntimeError before `start`."""
    if _running is None:
        raise RuntimeError("Kiezkarte has not been started")
    return _running


def stop() -> None:
    """Close the database; the next `start` opens it again."""
    global _running
    with _lock:
        if _running is not None:
            _running.store.close()
            _running = None
