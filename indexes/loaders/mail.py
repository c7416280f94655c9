"""E-mail (``.eml``): the message's words, with its subject, sender and date."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import PurePath

from indexes.documents import Document
from indexes.errors import DocumentError
from indexes.loaders.web import read_html


def read_mail(data: bytes, source: str) -> Document:
    """Make a document of a message: its plain text, or else its HTML; attachments are left out.

    Raises:
        DocumentError: if it has no text.
    """
    name = PurePath(source).name
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(data)
    if not any(message.get(key) for key in ("from", "to", "date", "subject")):
        raise DocumentError(
            f"{name} is no e-mail, whatever its name says; nothing was added.", name
        )
    text = _words(message, name, source)
    if not text.strip():
        raise DocumentError(f"{name} has no text; nothing was added.", name)
    return Document(
        name,
        text,
        _header(message, "subject") or name,
        byline=_header(message, "from"),
        published=_date(message),
        source=source,
        language=_header(message, "content-language"),
        unread=_attachments(message),
    )


def _words(message: EmailMessage, name: str, source: str) -> str:
    try:
        body = message.get_body(("plain", "html"))
        if body is None or not body.get_content_type().startswith("text/"):
            return ""
        payload = body.get_payload(decode=True)
        content = payload if isinstance(payload, bytes) else b""
        charset = str(body.get_content_charset() or "utf-8")
        text = _decoded(content, charset).replace("\0", "")
        if body.get_content_type() == "text/html":
            return read_html(text.encode("utf-8-sig", "replace"), source).text
    except (AttributeError, KeyError, ValueError, TypeError, IndexError, RecursionError) as error:
        raise DocumentError(
            f"{name} is damaged ({type(error).__name__} in the message); save it again and add that.",
            name,
        ) from error
    return text


def _decoded(content: bytes, charset: str) -> str:
    try:
        return content.decode(charset)
    except (LookupError, UnicodeDecodeError):
        return content.decode("latin-1")


def _header(message: EmailMessage, key: str) -> str | None:
    try:
        return " ".join(str(message.get(key) or "").split()) or None
    except (AttributeError, ValueError, IndexError, TypeError, KeyError):
        return None  # a header that the library cannot take apart


def _date(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(str(message.get("date") or "")).isoformat()
    except (ValueError, TypeError, IndexError, AttributeError):
        return None


def _attachments(message: EmailMessage) -> str:
    try:
        count = sum(1 for _ in message.iter_attachments())
    except (AttributeError, ValueError, KeyError, TypeError):
        return ""
    if not count:
        return ""
    return (
        "Its attachment was not read." if count == 1 else f"Its {count} attachments were not read."
    )
