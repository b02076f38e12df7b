"""Connections of the server send small pieces as they are written."""

from __future__ import annotations

import socket

from pages.shell.at_once import send_at_once


def test_connections_of_a_listening_socket_hold_nothing_back() -> None:
    with socket.socket() as listening, socket.socket() as asking:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        send_at_once()
        asking.connect(listening.getsockname())
        accepted = listening.accept()[0]
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_closed_sockets_and_others_are_left_alone() -> None:
    closed, datagrams = socket.socket(), socket.socket(type=socket.SOCK_DGRAM)
    closed.close()
    with datagrams, socket.socket() as idle:
        send_at_once()
        assert not idle.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
