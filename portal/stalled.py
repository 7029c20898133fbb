"""Ends connections of visitors who have gone silent half-way: nobody can stop a thread that waits for their next byte.

The kernel knows how much came and went over each connection of the process. Only those to the address that the server
listens at are looked at, so that neither the database's nor others are touched.
"""

import os
import socket
import struct
import sys
import threading
import time
from contextlib import suppress

INTERVAL = 300
"""Seconds between two looks; no request takes as long to be answered."""

ESTABLISHED, LISTEN = 1, 10
COUNTS = struct.Struct("=128xQ64xQ")
"""Where the kernel's tcp_info holds tcpi_bytes_received and tcpi_bytes_sent (linux/tcp.h)."""


class Watch:
    """Looks at the connections of this process again and again."""

    def __init__(self, least):
        self.least = least
        self._before = {}

    def look(self):
        """End the connections over which nothing went out and less than `least` bytes came in since the last look."""
        connections = list(_connections())
        ports = {connection.getsockname()[1] for connection, info in connections if info[0] == LISTEN}
        now = {}
        for connection, info in connections:
            with suppress(OSError), connection:
                if info[0] == ESTABLISHED and connection.getsockname()[1] in ports:
                    number = os.fstat(connection.fileno()).st_ino
                    received, sent = now[number] = COUNTS.unpack(info)
                    received_before, sent_before = self._before.get(number, (0, None))
                    if sent == sent_before and received - received_before < self.least:
                        connection.shutdown(socket.SHUT_RDWR)
        self._before = now


def _connections():
    """Yield (a socket of its own, what the kernel tells of it) for each TCP connection of the process."""
    for name in os.listdir("/proc/self/fd"):
        # What was closed meanwhile is passed over.
        with suppress(OSError):
            if not os.readlink(f"/proc/self/fd/{name}").startswith("socket:"):
                continue
            connection = socket.socket(fileno=os.dup(int(name)))
            try:
                info = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, COUNTS.size)
            except OSError:
                info = b""
            if len(info) == COUNTS.size:
                yield connection, info
            else:
                connection.close()


def keep_watch(bytes_per_second):
    """Look every INTERVAL seconds for as long as the process lives; only Linux tells what has to be known."""
    if sys.platform != "linux":
        return
    watch = Watch(bytes_per_second * INTERVAL)

    def run():
        while True:
            with suppress(OSError):
                watch.look()
            time.sleep(INTERVAL)

    threading.Thread(target=run, daemon=True, name="stalled connections").start()
