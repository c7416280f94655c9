"""The page: a Gradio chat that shows every answer beside the words it rests on."""

from __future__ import annotations
