"""Answers are sent as they are written.

The system holds a small piece back until the browser confirmed the one before, which is put off for
40 ms (Nagle's algorithm, delayed acknowledgement). Python's event loop switches that off for a
socket that names its protocol; Streamlit's does not, so that the hundred files of a first page and
the messages of every change waited.
"""

from __future__ import annotations

import gc
import socket


def send_at_once() -> None:
    """Switch it off for the sockets on which this process listens: connections take it over."""
    for each in gc.get_objects():
        if type(each) is socket.socket and _listens(each):
            each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _listens(each: socket.socket) -> bool:
    is_tcp = each.family in (socket.AF_INET, socket.AF_INET6) and each.type == socket.SOCK_STREAM
    is_open = is_tcp and each.fileno() >= 0
    return is_open and bool(each.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
