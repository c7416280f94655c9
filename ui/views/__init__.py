"""The views of the page, in the order of the navigation; a new one is a module and a line here."""

from __future__ import annotations

from ui.desk import View
from ui.views.article import ARTICLE
from ui.views.chat import CHAT
from ui.views.evaluate import EVALUATE
from ui.views.library import LIBRARY
from ui.views.settings import SETTINGS
from ui.views.statements import STATEMENTS

VIEWS: tuple[View, ...] = (CHAT, LIBRARY, ARTICLE, STATEMENTS, EVALUATE, SETTINGS)
