"""How the page looks: its colours, distances and type, and the Gradio theme made of them.

The stylesheet goes into the document's head as it is. (Gradio's own ``css=`` rewrites every
selector and is applied after the first paint.)
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

import gradio as gr

LIGHT: Mapping[str, str] = {
    "paper": "#fbfaf7",
    "surface": "#ffffff",
    "sunken": "#f3f1eb",
    "rule": "#e3dfd5",
    "rule-strong": "#c9c3b5",
    "edge": "#8d8675",
    "ink": "#1c1b18",
    "ink-2": "#57534a",
    "ink-3": "#6a655b",
    "accent": "#0b5a5c",
    "accent-soft": "#e2efee",
    "on-accent": "#ffffff",
    "mark": "#ffe08a",
    "mark-soft": "#fff3cf",
    "mark-line": "#d9a400",
    "brand": "#b3261e",
    "good": "#2f6b3a",
    "bad": "#a1261d",
}
DARK: Mapping[str, str] = {
    "paper": "#161614",
    "surface": "#1d1d1a",
    "sunken": "#24231f",
    "rule": "#34322c",
    "rule-strong": "#4a473f",
    "edge": "#7d786b",
    "ink": "#eceae4",
    "ink-2": "#b9b4a8",
    "ink-3": "#9c978a",
    "accent": "#7cc7c4",
    "accent-soft": "#1d3534",
    "on-accent": "#0c1d1d",
    "mark": "#6b5308",
    "mark-soft": "#3a3013",
    "mark-line": "#d9a400",
    "brand": "#f0675d",
    "good": "#86c794",
    "bad": "#f0857c",
}
SERIF = ("Source Serif 4", "Charter", "Bitstream Charter", "Georgia", "Liberation Serif", "serif")
SANS = (
    "Inter",
    "system-ui",
    "-apple-system",
    "Segoe UI",
    "Roboto",
    "Liberation Sans",
    "sans-serif",
)
SIZES: Mapping[str, str] = {
    **{f"s{n}": f"{px}px" for n, px in enumerate((4, 8, 12, 16, 24, 32, 48), 1)},
    **{
        f"t-{n}": f"{px}px"
        for n, px in zip(["xs", "s", "m", "l", "xl", "xxl"], (12, 13, 15, 17, 21, 28), strict=True)
    },
    "r": "6px",
    "read": "62ch",
}

CHOSEN = (
    "try{document.documentElement.dataset.theme=localStorage.getItem('onrecord-theme')||''}catch{}"
    "document.documentElement.dataset.theme||delete document.documentElement.dataset.theme"
)
"""Runs as soon as the head is there: the appearance chosen in the settings, if any."""
STYLES = ("page", "chat", "library", "statements", "evaluate", "phone")
"""The parts of the stylesheet, in order."""


def _family(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' if " " in name else name for name in names)


def _rule(selector: str, tokens: Mapping[str, str]) -> str:
    return f"{selector}{{{';'.join(f'--{name}:{value}' for name, value in tokens.items())}}}"


def stylesheet() -> str:
    """Return the whole stylesheet: the tokens of both themes, then the rules that use them."""
    fonts = {"serif": _family(SERIF), "sans": _family(SANS)}
    dark = {**DARK, "color-scheme": "dark"}
    return "\n".join(
        (
            _rule(":root", {**LIGHT, **SIZES, **fonts, "color-scheme": "light"}),
            f"@media (prefers-color-scheme:dark){{{_rule(':root', dark)}}}",
            _rule(":root[data-theme=light]", {**LIGHT, "color-scheme": "light"}),
            _rule(":root[data-theme=dark]", dark),
            *(
                files("ui").joinpath("styles", f"{name}.css").read_text(encoding="utf-8")
                for name in STYLES
            ),
        )
    )


def head() -> str:
    """Return what goes into the document's head; nothing of it is fetched from anywhere."""
    return (
        '<meta name="color-scheme" content="light dark">'
        f'<meta name="theme-color" content="{LIGHT["sunken"]}"'
        ' media="(prefers-color-scheme: light)">'
        f'<meta name="theme-color" content="{DARK["sunken"]}"'
        ' media="(prefers-color-scheme: dark)">'
        f"<style>{stylesheet()}</style>"
        f"<script>{CHOSEN}</script>"
    )


def theme() -> gr.themes.Base:
    """Return a Gradio theme of system fonts and of the page's colours: it asks no other host."""
    made = gr.themes.Base(font=list(SANS), font_mono=["ui-monospace", "monospace"])
    return made.set(
        body_background_fill=LIGHT["paper"],
        body_background_fill_dark=DARK["paper"],
        body_text_color=LIGHT["ink"],
        body_text_color_dark=DARK["ink"],
    )
