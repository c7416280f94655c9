"""Pages from the web, fetched with care.

A host is resolved once, its address is checked, and the connection goes to that very address, so that
a name cannot turn into another one in between. Each redirect is checked in the same way. Proxies named
in the environment are not used, for behind one no address can be checked.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from indexes.errors import DocumentError
from indexes.loaders.formats import MEDIA_TYPES, SUFFIXES
from indexes.loaders.limits import Limits

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_REDIRECTS = 5
_CHUNK = 65_536
_SAFE = "/%:@!$&'()*+,;=~-._[]"
_VAGUE = frozenset({"", "application/octet-stream", "binary/octet-stream", "text/plain"})
"""Media types that servers send when they do not know better: then the name and the bytes decide."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = tuple[socket.AddressFamily, tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Page:
    """What came from the web.

    Attributes:
        url: where it came from in the end, after redirects.
        media_type: as the server declares it, without parameters, in lower case.
        data: its bytes; text in UTF-8 where the server declares its encoding.
    """

    url: str
    media_type: str
    data: bytes


def is_url(source: str) -> bool:
    """Tell a web address from a path."""
    return _URL.match(source) is not None


def fetch(url: str, limits: Limits) -> Page:
    """Fetch a page.

    Args:
        url: http or https.
        limits: bytes and seconds for all of it, redirects too; whether private hosts are allowed.

    Raises:
        DocumentError: if the address is not one to fetch, does not answer, or sends what cannot be read.
    """
    ends = time.monotonic() + limits.seconds
    here = url
    for _ in range(_REDIRECTS + 1):
        found = _get(here, limits, ends)
        if isinstance(found, Page):
            return found
        here = found
    raise DocumentError(f"{url} redirects more than {_REDIRECTS} times; check the address.", url)


def _get(url: str, limits: Limits, ends: float) -> Page | str:
    """Ask for one address: the page, or where it has moved."""
    parts = _checked(url)
    host = str(parts.hostname)
    connection: http.client.HTTPConnection | None = None
    try:
        connection = _connected(parts, _addresses(parts, url, limits), ends)
        with _stopped_at(ends, connection):
            target = quote(parts.path or "/", safe=_SAFE) + (
                f"?{quote(parts.query, safe=_SAFE + '?')}" if parts.query else ""
            )
            accepted = ", ".join(sorted(MEDIA_TYPES)) + ", */*;q=0.1"
            headers = {"User-Agent": "onrecord", "Accept": accepted, "Accept-Encoding": "gzip"}
            connection.request("GET", target, headers=headers)
            response = connection.getresponse()
            if response.status in (301, 302, 303, 307, 308) and (
                to := response.getheader("Location")
            ):
                return urljoin(url, to)
            if response.status != 200:
                raise DocumentError(
                    f"{url} answers {response.status} {response.reason}; check the address.".replace(
                        " ;", ";"
                    ),
                    url,
                )
            page = _page(url, parts, response, limits)
        if time.monotonic() >= ends:  # it may have been cut off, which looks like its end
            raise TimeoutError
        return page
    except TimeoutError as error:
        raise _too_slow(url, limits) from error
    except (ssl.SSLCertVerificationError, ssl.CertificateError) as error:
        raise DocumentError(
            f"{url} cannot prove that it is {host} (its certificate is not valid); nothing was fetched.",
            url,
        ) from error
    except (OSError, http.client.HTTPException, UnicodeError, ValueError, zlib.error) as error:
        if time.monotonic() >= ends:
            raise _too_slow(url, limits) from error
        raise DocumentError(
            f"{url} cannot be fetched ({_reason(error)}); check the address and the network.", url
        ) from error
    finally:
        if connection is not None:
            connection.close()


def _too_slow(url: str, limits: Limits) -> DocumentError:
    return DocumentError(
        f"{url} takes more than {limits.seconds:g} seconds; try again later, or raise ONRECORD_TIMEOUT_S.",
        url,
    )


def _reason(error: Exception) -> str:
    if isinstance(error, socket.gaierror):
        return "no such host, or no network"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__


def _checked(url: str) -> SplitResult:
    """Take an address apart, and refuse what is not a page on the web."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise DocumentError(f"{url} is not a web address ({error}); check it.", url) from error
    if parts.scheme.lower() not in ("http", "https"):
        raise DocumentError(
            f"{url} is not fetched: only addresses that start with http:// or https:// are.", url
        )
    if not parts.hostname:
        raise DocumentError(f"{url} names no host; check the address.", url)
    if parts.username or parts.password:
        raise DocumentError(
            f"An address with a name and password in it is not fetched; leave them out of {parts.hostname}'s.",
            url,
        )
    return parts


def _addresses(parts: SplitResult, url: str, limits: Limits) -> Sequence[Address]:
    """Resolve a host, once, to the addresses that may be connected to."""
    host = str(parts.hostname)
    port = parts.port or (443 if parts.scheme.lower() == "https" else 80)
    found = [
        (family, (str(place[0]), port))
        for family, _, _, _, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    ]
    allowed = [a for a in found if limits.private_hosts or is_public(a[1][0])]
    if not allowed:
        raise DocumentError(
            f"{url} leads to this computer or its own network, which is not fetched; if it is meant to be, set "
            "ONRECORD_PRIVATE_HOSTS=1.",
            url,
        )
    return allowed


def is_public(address: str) -> bool:
    """Tell whether an IP address belongs to a host on the public internet, however it is wrapped."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip.scope_id:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _connected(
    parts: SplitResult, addresses: Sequence[Address], ends: float
) -> http.client.HTTPConnection:
    """Connect to the first of the addresses that answers."""
    host = str(parts.hostname)
    failure: OSError = OSError("it has no address")
    for family, place in addresses:
        left = ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            sock.settimeout(left)
            sock.connect(place)
            if parts.scheme.lower() == "https":
                sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
        except OSError as error:
            sock.close()
            failure = error
            continue
        kind = (
            http.client.HTTPSConnection
            if parts.scheme.lower() == "https"
            else http.client.HTTPConnection
        )
        connection = kind(host, place[1])
        connection.sock = sock
        return connection
    raise failure


@contextlib.contextmanager
def _stopped_at(ends: float, connection: http.client.HTTPConnection) -> Iterator[None]:
    """Cut a connection off when its time is up, however slowly it drips."""
    sock = connection.sock

    def cut() -> None:
        with contextlib.suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(max(ends - time.monotonic(), 0.0), cut)
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


def _page(url: str, parts: SplitResult, response: http.client.HTTPResponse, limits: Limits) -> Page:
    media_type = response.headers.get_content_type().lower()
    if not response.getheader("Content-Type"):
        media_type = ""
    if media_type not in MEDIA_TYPES and media_type not in _VAGUE:
        raise DocumentError(
            f"{url} is {media_type}, which onrecord does not read; it reads {', '.join(SUFFIXES)}.",
            url,
        )
    data = _body(url, response, limits.largest)
    charset = response.headers.get_content_charset()
    if charset and media_type.startswith("text/"):
        with contextlib.suppress(LookupError, UnicodeDecodeError):
            # The mark tells a page's reader that what the page declares no longer holds.
            utf_8 = "utf-8-sig" if media_type == "text/html" else "utf-8"
            data = data.decode(charset).removeprefix("\ufeff").encode(utf_8, "surrogatepass")
    if media_type in _VAGUE and PurePath(parts.path).suffix.lower() in SUFFIXES:
        media_type = ""
    return Page(urlunsplit(parts), media_type, data)


def _body(url: str, response: http.client.HTTPResponse, largest: int) -> bytes:
    """Read a body to its end, unpacked, as long as it is not too large."""
    zipped = response.getheader("Content-Encoding", "").lower() in ("gzip", "x-gzip")
    unpack = zlib.decompressobj(wbits=31) if zipped else None
    found = bytearray()
    while chunk := response.read(_CHUNK):
        found += unpack.decompress(chunk, largest + 1 - len(found)) if unpack else chunk
        if len(found) > largest or (unpack and unpack.unconsumed_tail):
            raise DocumentError(
                f"{url} is too large (the limit is {largest:,} bytes); raise ONRECORD_LARGEST_FILE if it is meant "
                "to be.",
                url,
            )
    if not response.isclosed() or response.length:
        raise OSError("the connection broke off")
    return bytes(found)
