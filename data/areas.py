"""The areas this installation knows: one folder of tracked JSON files each."""

import json
import re
from functools import lru_cache
from pathlib import Path

from geo.area import Area, AreaFault, read

SEED = Path(__file__).parent / "seed"
FOLDER_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
DOCUMENTS = {
    "area": "area.json",
    "boundary": "boundary.geojson",
    "streets": "streets.json",
    "shapes": "shapes.json",
    "rail": "rail.json",
    "places": "places.json",
}


def names(folder: Path | None = None) -> list[str]:
    """List the areas that have a folder with an area.json, in alphabetical order."""
    found = (folder or SEED).glob(f"*/{DOCUMENTS['area']}")
    return sorted(path.parent.name for path in found if FOLDER_NAME.fullmatch(path.parent.name))


def load(name: str, folder: Path | None = None) -> Area:
    """Load an area by the name of its folder; the same object every time.

    Raises `geo.area.AreaFault` for a name that is no plain folder name, for a folder that
    is not there, and for documents that are broken.
    """
    if not isinstance(name, str) or not FOLDER_NAME.fullmatch(name):
        raise AreaFault("an area's name has small letters, digits and hyphens only")
    return _load((folder or SEED).resolve() / name)


@lru_cache(maxsize=32)
def _load(folder: Path) -> Area:
    paths = {key: folder / file for key, file in DOCUMENTS.items()}
    if not paths["area"].is_file():
        raise AreaFault(f"there is no area named {folder.name}")
    return read(folder.name, {key: _parsed(path) for key, path in paths.items() if path.is_file()})


def _parsed(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        raise AreaFault(f"{path.stem}: {path.name} is not JSON in UTF-8") from None
