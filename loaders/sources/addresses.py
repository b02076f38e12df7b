"""Which machines may be asked: addresses of the public internet, resolved once and held to.

A name is resolved, every address that it leads to is checked, and the connection goes to a checked
address, never to the name again. Addresses that hold another one (IPv4 in IPv6, 6to4, NAT64,
Teredo) are checked for that one as well.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection, Iterator

from events.error_words import Words
from loaders.sources.errors import SourceError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# services that tell a cloud machine about itself and stand at addresses that look public
METADATA = frozenset(
    map(ipaddress.ip_address, ("168.63.129.16", "100.100.100.200", "fd00:ec2::254"))
)
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
_COMPATIBLE = ipaddress.ip_network("::/96")


def checked_addresses(host: str, port: int, own: Collection[str] = ()) -> list[str]:
    """The addresses of a host that may be asked, in the order of the system.

    `own`: hosts of the user's own network, which may be private or loopback but nothing worse.
    Raises SourceError where the name is unknown or leads to an address that is never asked.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise SourceError(
            "{host} is not known: no address is found for it. Check its spelling", host=host
        ) from None
    addresses = list(dict.fromkeys(str(each[4][0]).partition("%")[0] for each in found))
    for text in addresses:
        if (why := refusal(text, host.lower() in own)) is not None:
            raise SourceError(
                "{host} leads to {address}, which is not asked: {why}. If it is a machine of "
                "your own network, name it in watching.private_hosts of frise.toml",
                host=host, address=text, why=why, lasting=True,
            )  # fmt: skip
    return addresses


def refusal(text: str, own: bool = False) -> Words | None:
    """Why an address is not asked, None where it may be; `own`: the user named it."""
    for address in _with_embedded(ipaddress.ip_address(text)):
        if address in METADATA:
            return Words("it tells a machine about itself")
        if address.is_multicast or address.is_unspecified:
            return Words("it is no single machine")
        if address.is_link_local:
            return Words("it is link-local")
        if own:
            continue
        if address.is_loopback:
            return Words("it is this machine")
        if not address.is_global or getattr(address, "is_site_local", False):
            return Words("it is private or reserved")
    return None


def _with_embedded(address: Address) -> Iterator[Address]:
    """The address, or what it stands for where it only carries another one."""
    if isinstance(address, ipaddress.IPv4Address):
        yield address
        return
    inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    low = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if any(address in network for network in _NAT64):
        inner.append(low)
    if address in _COMPATIBLE and int(address) > 1:
        inner.append(low)
    found = [each for each in inner if each is not None]
    if address.ipv4_mapped is None:  # a mapped one is the other and nothing beside it
        yield address
    yield from found
