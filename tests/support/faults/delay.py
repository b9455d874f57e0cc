"""Holds back every packet that is routed into a TUN device of its own, and lets it on afterwards.

Usage: fault-delay.py <device> <milliseconds>. Prints "ready" once the device is there. For kernels
without netem; only the standard library.
"""
import collections
import fcntl
import os
import select
import struct
import sys
import time

TUNSETIFF = 0x400454CA
IFF_TUN = 0x0001
IFF_NO_PI = 0x1000
LONGEST = 65_536

device, delay = sys.argv[1], float(sys.argv[2]) / 1_000
tun = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
fcntl.ioctl(tun, TUNSETIFF, struct.pack("16sH", device.encode(), IFF_TUN | IFF_NO_PI))
print("ready", flush=True)

waiting = collections.deque()
while True:
    now = time.monotonic()
    while waiting and waiting[0][0] <= now:
        try:
            os.write(tun, waiting.popleft()[1])
        except OSError:
            pass  # As lost as any packet; the device is down for a moment.
    timeout = max(0.0, waiting[0][0] - now) if waiting else None
    if not select.select([tun], [], [], timeout)[0]:
        continue
    while True:
        try:
            packet = os.read(tun, LONGEST)
        except BlockingIOError:
            break
        waiting.append((time.monotonic() + delay, packet))
