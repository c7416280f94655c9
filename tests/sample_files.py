"""Real files of every format, made of a few paragraphs, for the tests of the loaders."""

from __future__ import annotations

import io
import zipfile

PARAGRAPHS = (
    "Foreign Minister Ada Quill met Trade Secretary Boris Tamm in Port Ellen on Monday, after the strike.",
    "“We are acting in line with our laws,” she said. Tamm said that 14 trawlers had broken the limits.",
)
HTML = f"""<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Harbour talks end</title>
<meta name="author" content="Mira Lindow"><meta property="og:site_name" content="The Daily Example">
<meta property="article:published_time" content="2019-12-10T08:00:00Z"></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Harbour talks end</h1>
<p>{PARAGRAPHS[0]}</p><h2>Quotas</h2><p>{PARAGRAPHS[1]}</p></article><footer>About us</footer></body></html>"""


def packed(**members: str | bytes) -> bytes:
    """A ZIP file; ``__`` in a name stands for a slash, ``_DOT_`` for a dot."""
    return zipped({k.replace("__", "/").replace("_DOT_", "."): v for k, v in members.items()})


def zipped(members: dict[str, str | bytes]) -> bytes:
    """A ZIP file of some members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return buffer.getvalue()


def docx() -> bytes:
    """A Word file with a heading, a tab, a table and a deleted run."""
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    core = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:cp="urn:cp"'
    return zipped({
        "word/document.xml": f"""<?xml version="1.0"?><w:document {word}><w:body>
<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Harbour talks end</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">{PARAGRAPHS[0][:20]}</w:t></w:r><w:r><w:t>{PARAGRAPHS[0][20:]}</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>14</w:t><w:tab/><w:t>trawlers</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:del><w:r><w:delText>never</w:delText></w:r></w:del><w:r><w:t>{PARAGRAPHS[1]}</w:t></w:r></w:p>
</w:body></w:document>""",
        "docProps/core.xml": f"<cp:coreProperties {core}><dc:title>Talks</dc:title><dc:creator>Mira Lindow</dc:creator>"
        "</cp:coreProperties>",
    })  # fmt: skip


def odt() -> bytes:
    """An OpenDocument text with a heading and a run of spaces."""
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    return zipped({
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"""<office:document-content {names}><office:body><office:text>
<text:h text:outline-level="2">Harbour talks end</text:h><text:p>{PARAGRAPHS[0]}</text:p>
<text:p>One<text:s text:c="3"/>two<text:line-break/><text:span>three</text:span> four</text:p>
</office:text></office:body></office:document-content>""",
        "meta.xml": '<m xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Talks</dc:title>'
        "<dc:language>en</dc:language></m>",
    })  # fmt: skip


def epub() -> bytes:
    """A book of two chapters, with a table of contents that is no chapter."""
    return zipped({
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>',
        "OPS/book.opf": """<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>
<dc:title>The Harbour</dc:title>
<dc:creator>Mira Lindow</dc:creator><dc:date>2011-05-02</dc:date><dc:publisher>Lindow House</dc:publisher>
<dc:language>en</dc:language></metadata><manifest>
<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="b" href="two.xhtml" media-type="application/xhtml+xml"/>
<item id="a" href="a%20one.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/></spine></package>""",
        "OPS/nav.xhtml": "<html><body><p>Contents</p></body></html>",
        "OPS/a one.xhtml": f"<html><head><title>x</title></head><body><h1>One</h1><p>{PARAGRAPHS[0]}</p></body></html>",
        "OPS/two.xhtml": f"<html><body><h2>Two</h2><p>{PARAGRAPHS[1]}<br/>Next <b>line</b>.</p></body></html>",
    })  # fmt: skip


RTF = (
    rb"{\rtf1\ansi\ansicpg1252{\info{\title Harbour talks}{\author Mira Lindow}}"
    rb"\pard Quill met Tamm on Monday.\par \'93We are acting,\'94 she said \emdash  twice.\par }"
)
EML = (
    b"From: Ada Quill <ada@example.org>\r\nSubject: =?utf-8?q?Harbour_talks_=E2=80=93_the_end?=\r\n"
    b"Date: Tue, 10 Dec 2019 08:00:00 +0000\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
    b'--b\r\nContent-Type: text/plain; charset="iso-8859-1"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
    b"The caf=E9 closed. Tamm left.\r\n"
    b'--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="x.pdf"\r\n\r\nzzz\r\n--b--\r\n'
)


def pdf(*pages: list[str], title: str = "") -> bytes:
    """A PDF of pages of lines, set in Helvetica; a page without lines has no text."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b""]
    objects[2] = (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    )
    kids = []
    for lines in pages:
        shown = b"".join(
            b"(%s) Tj T* "
            % line.encode("cp1252")
            .replace(b"\\", b"\\\\")
            .replace(b"(", b"\\(")
            .replace(b")", b"\\)")
            for line in lines
        )
        stream = b"BT /F1 12 Tf 14 TL 50 780 Td %sET" % shown
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
    refs = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (refs, len(kids))
    objects.append(b"<< /Title (%s) >>" % title.encode("cp1252"))
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    xref = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, len(objects), xref,
    )  # fmt: skip
    return bytes(out)
