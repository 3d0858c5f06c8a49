"""All words on screen: looked up by key in locales/<lang>/*.po, with German as the fallback."""

import functools
import gettext
import io
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.core import Locale
from babel.dates import format_date, format_skeleton
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal, format_percent

from data.problems import Cents, Problem
from data.texts import isolated
from geo.places import PlaceWords

FOLDER = Path(__file__).parent.parent / "locales"
LANGUAGES = {"de": "Deutsch", "en": "English", "tr": "Türkçe", "ar": "العربية"}
EASY = "ls"  # German Leichte Sprache: of the residents' part; what it lacks is German
LANGUAGES[EASY] = "Leichte Sprache"
_NAMED: dict[tuple[str, str], str] = {}  # (language, key): what the office itself calls something
_FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")  # Hebrew, Arabic
BERLIN = ZoneInfo("Europe/Berlin")


class Words:
    """The words of one language. Residents' words are never a template: they come in as values."""

    def __init__(self, lang: str) -> None:
        self.lang = lang if lang in LANGUAGES else "de"
        self.html_lang = "de" if self.lang == EASY else self.lang
        self.dir = "rtl" if self.lang == "ar" else "ltr"
        self._catalog = _translations(self.lang)
        # Western digits everywhere, as on German forms
        self._locale = Locale.parse("ar_MA" if self.lang == "ar" else self.html_lang)
        self._days = Locale.parse(self.html_lang)  # Morocco's months have names of their own

    def __call__(self, key: str, **params: object) -> str:
        """Return the sentence of a key, its {names} filled in."""
        text = _NAMED.get((self.lang, key)) or self._catalog.gettext(key)
        return text.format(**self._apart(params)) if params else text

    def many(self, key: str, number: int, **params: object) -> str:
        """Return the sentence of a key in the plural form of a number, which it knows as {n}."""
        text = self._catalog.ngettext(key, key, number)
        return text.format(n=self.number(number), **self._apart(params))

    def problem(self, problem: Problem) -> str:
        """Say a refusal in one sentence."""
        said = {
            name: self.money(value) if isinstance(value, Cents) else value
            for name, value in problem.params.items()
        }
        return self(f"problem.{problem.key}", **said)

    def place(self, place: PlaceWords) -> str:
        """Say a place in words; proper names stay German, as on the street signs."""
        names = [isolated(name) for name in place.names] if self.dir == "rtl" else place.names
        return self(f"place.{place.form}", **dict(zip("abc", names, strict=False)))

    def day(self, moment: date | datetime) -> str:
        """Write a day in Berlin."""
        return format_date(_local(moment), "long", locale=self._days)

    def moment(self, moment: datetime) -> str:
        """Write a day and time in Berlin."""
        local = _local(moment)
        day = format_skeleton("yMMMd", local, locale=self._days)
        return f"{day}, {local:%H:%M}"

    def number(self, number: float) -> str:
        """Write a number."""
        return format_decimal(number, locale=self._locale)

    def percent(self, share: int) -> str:
        """Write a share of a hundred, with its sign where the language has it."""
        return format_percent(share / 100, locale=self._locale)

    def money(self, cents: int) -> str:
        """Write an amount of euros, given in cents."""
        pattern = "#,##0 ¤" if cents % 100 == 0 else "#,##0.00 ¤"
        return format_currency(
            cents / 100, "EUR", pattern, locale=self._locale, currency_digits=False
        )

    def _apart(self, params: Mapping[str, object]) -> dict[str, object]:
        """Set values from the right apart, else a number behind one would stand before it."""
        return {
            name: isolated(value)
            if self.dir == "ltr" and isinstance(value, str) and _FROM_THE_RIGHT.search(value)
            else value
            for name, value in params.items()
        }


def name_anew(named: Mapping[tuple[str, str], str]) -> None:
    """Take over what the office calls things, by language and key, in place of the words so far."""
    _NAMED.clear()
    _NAMED.update(named)


@functools.cache
def words(lang: str) -> Words:
    """Return the words of a language (German for one we do not have)."""
    return Words(lang)


def catalogs(lang: str) -> Sequence[Catalog]:
    """Read a language's catalogs, one a domain."""
    files = sorted((FOLDER / lang).glob("*.po"))
    locale = "de" if lang == EASY else lang
    return [
        read_po(io.BytesIO(file.read_bytes()), locale=locale, domain=file.stem) for file in files
    ]


@functools.cache
def _translations(lang: str) -> gettext.NullTranslations:
    all_of_them: gettext.NullTranslations | None = None
    for catalog in catalogs(lang):
        compiled = io.BytesIO()
        write_mo(compiled, catalog)
        compiled.seek(0)
        part = gettext.GNUTranslations(compiled)
        if all_of_them is None:
            all_of_them = part
        else:
            all_of_them.add_fallback(part)
    found = all_of_them or gettext.NullTranslations()
    if lang != "de":
        found.add_fallback(_translations("de"))
    return found


def _local(moment: date | datetime) -> date | datetime:
    return moment.astimezone(BERLIN) if isinstance(moment, datetime) else moment
