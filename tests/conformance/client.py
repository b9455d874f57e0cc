"""A client of the session protocol in Python, written from docs/protocol.md alone.

    python client.py ws://127.0.0.1:8787/parties/room/standup --name Robot

It enters a room and its call, sends a moving picture and silence, and counts the frames that it gets. It writes what
happens to standard output and takes commands from standard input, both as one JSON object a line:

    {"say": "hello"}    {"drop": true}    {"leave": true}

It needs aiortc and websockets. Rules are quoted by their numbers in docs/protocol.md. Left out for brevity: revisions of
messages (CH-8), early offers of its own (EN-6), ICE restarts of its own, and a token (EN-7).
"""

import argparse
import asyncio
import contextlib
import json
import secrets
import sys

import websockets
from aiortc import (
    RTCConfiguration,
    RTCIceServer,
    RTCPeerConnection,
    RTCSessionDescription,
)
from aiortc.mediastreams import AudioStreamTrack, MediaStreamError, VideoStreamTrack
from aiortc.sdp import candidate_from_sdp
from av import VideoFrame

MEDIA = {"microphone": True, "camera": True, "screen": False}
PING = '{"type":"ping"}'  # byte for byte (PR-3)


def tell(event, **details):
    print(json.dumps({"event": event, **details}), flush=True)


class Camera(VideoStreamTrack):
    """A grey picture that changes, as long as the peer shows it."""

    shown = True

    async def recv(self):
        pts, time_base = await self.next_timestamp()
        while not self.shown:
            await asyncio.sleep(0.1)
        frame = VideoFrame(width=320, height=240, format="yuv420p")
        frame.pts, frame.time_base = pts, time_base
        grey = pts // 3000 % 256
        for plane in frame.planes:
            plane.update(bytes([grey]) * plane.buffer_size)
        return frame


class Link:
    """The connection to one peer (SG, LK). One signal after another (SG-4)."""

    def __init__(self, client, peer):
        self.client, self.peer = client, peer
        self.epoch = 0  # whoever waits for an offer takes any (SG-7)
        self.sent = 0  # our next n
        self.last_n = -1  # the last n of the peer
        self.offered = None  # the n of our offer that has no answer yet
        self.accepted = None  # the n of the peer's last offer (SG-6)
        self.signals = asyncio.Queue()
        self.open()
        self.worker = asyncio.create_task(self.work())

    def open(self):
        servers = [
            RTCIceServer(
                urls=server["urls"],
                username=server.get("username"),
                credential=server.get("credential"),
            )
            for server in self.client.ice_servers
        ]
        self.pc = RTCPeerConnection(RTCConfiguration(iceServers=servers))
        self.tracks = {"microphone": AudioStreamTrack(), "camera": Camera()}
        self.sources = {}
        # Both sides create this channel, so that it needs no negotiation.
        self.control = self.pc.createDataChannel("control", negotiated=True, id=0)
        self.control.on("open", self.introduce)
        self.control.on("message", self.hear)
        self.pc.on("track", lambda track: asyncio.ensure_future(self.watch(track)))
        self.pc.on("connectionstatechange", self.report)

    async def close(self):
        self.worker.cancel()
        if self.control.readyState == "open":
            self.control.send('{"type":"bye"}')
        await self.pc.close()

    def report(self):
        tell("link", peer=self.peer, state=self.pc.connectionState)

    async def work(self):
        while True:
            signal = await self.signals.get()
            try:
                await self.take(signal)
            except Exception as error:
                tell("error", peer=self.peer, detail=repr(error))

    async def take(self, signal):
        epoch, n, description = signal["epoch"], signal["n"], signal.get("description")
        is_offer = description is not None and description["type"] == "offer"
        if epoch > self.epoch and is_offer:
            await self.start_over(epoch)
        if epoch != self.epoch or n <= self.last_n:
            return  # of an older link, or repeated (SG-3)
        self.last_n = n
        if is_offer:
            await self.answer(signal)
        elif description is not None and signal.get("re", self.offered) == self.offered:
            self.offered = None
            await self.pc.setRemoteDescription(RTCSessionDescription(**description))
        for candidate in signal.get("candidates", []):
            await self.add_candidate(candidate)

    async def start_over(self, epoch):
        """The link begins again on a connection of its own (SG-7)."""
        if self.epoch > 0:
            await self.pc.close()
            self.open()
        self.epoch, self.sent, self.last_n = epoch, 0, -1
        self.offered = self.accepted = None

    async def offer(self):
        self.epoch = 2  # 1 is for offers in hello (SG-7)
        self.pc.addTransceiver(self.tracks["microphone"], "sendrecv")
        self.pc.addTransceiver(self.tracks["camera"], "sendrecv")
        await self.pc.setLocalDescription(await self.pc.createOffer())
        audio, video = self.pc.getTransceivers()
        self.sources = {audio.mid: "microphone", video.mid: "camera"}
        self.offered = self.sent
        self.describe()

    async def answer(self, signal):
        first_n = signal.get("re", signal["n"])
        if first_n == self.accepted:
            return self.describe(re=first_n)  # the peer has missed our answer (SG-6)
        if self.offered is not None:
            if self.client.session > self.peer:
                return  # glare: the peer is polite, and takes ours (SG-4)
            # aiortc cannot roll back, and nothing has been agreed on yet.
            await self.pc.close()
            self.open()
            self.offered = None
        self.accepted = first_n
        await self.pc.setRemoteDescription(RTCSessionDescription(**signal["description"]))
        sources = signal.get("sources")
        for transceiver in self.pc.getTransceivers():
            source = (
                {"audio": "microphone", "video": "camera"}[transceiver.kind]
                if sources is None
                else sources.get(transceiver.mid)
            )
            if source is not None:
                self.sources[transceiver.mid] = source
            if source in self.tracks and transceiver.sender.track is None:
                transceiver.sender.replaceTrack(self.tracks[source])
                transceiver.direction = "sendrecv"
        await self.pc.setLocalDescription(await self.pc.createAnswer())
        self.describe(re=first_n)

    def describe(self, **more):
        """Sends our description. aiortc has put all candidates into it, so none follow (SG-8)."""
        local = self.pc.localDescription
        description = {"type": local.type, "sdp": local.sdp}
        self.signal(description=description, sources=self.sources, **more)

    def signal(self, **body):
        message = {"type": "signal", "to": self.peer, "epoch": self.epoch, "n": self.sent, **body}
        self.sent += 1
        self.client.send(message)

    async def add_candidate(self, candidate):
        line = candidate["candidate"]
        if not line:
            return  # the end of candidates
        parsed = candidate_from_sdp(line.removeprefix("candidate:"))
        parsed.sdpMid = candidate.get("sdpMid")
        parsed.sdpMLineIndex = candidate.get("sdpMLineIndex")
        await self.pc.addIceCandidate(parsed)

    def introduce(self):
        self.control.send(json.dumps({"type": "media", "media": MEDIA}))
        self.control.send(json.dumps({"type": "features", "features": []}))

    def hear(self, text):
        message = json.loads(text)
        if message["type"] == "bye":
            asyncio.ensure_future(self.client.drop(self.peer))
        elif message["type"] == "layout" and "camera" in message:
            size = message["camera"]
            self.tracks["camera"].shown = size["width"] * size["height"] > 0  # LK-1

    async def watch(self, track):
        """Takes every frame, as nobody else does, and says how many pictures there were."""
        count = 0
        with contextlib.suppress(MediaStreamError):
            while True:
                frame = await track.recv()
                count += 1
                if track.kind == "video" and count % 10 == 0:
                    tell("picture", peer=self.peer, count=count, width=frame.width)


class Client:
    """One session in one room."""

    def __init__(self, url, name):
        self.url, self.name = url, name
        self.key = secrets.token_urlsafe(24)
        self.session = None
        self.roster = {}  # entries by session, ours included
        self.seq = 0
        self.begun = None  # a welcome or roster of which pages are to come (PG-1)
        self.links = {}
        self.ice_servers = []
        self.last_seq = 0
        self.unsent = {}  # messages without an ack, by id, in order (CH-5)
        self.socket = None
        self.is_leaving = False
        self.retry_after = 0.5

    async def run(self):
        while not self.is_leaving:
            code = await self.stay()
            if 4400 <= code <= 4499 and code not in (4408, 4429):
                sys.exit(f"refused: {code}")  # EN-4
            await asyncio.sleep(self.retry_after)

    async def stay(self):
        """One connection, until it ends; returns its close code."""
        try:
            async with websockets.connect(self.url, max_size=None) as self.socket:
                self.begun = None
                self.hello()
                beat = asyncio.create_task(self.beat())
                try:
                    async for frame in self.socket:
                        await self.take(json.loads(frame))
                except websockets.ConnectionClosed:
                    pass
                finally:
                    beat.cancel()
            return self.socket.close_code or 1006
        except OSError:
            return 1006

    def hello(self):
        message = {
            "type": "hello",
            "protocol": 1,
            "name": self.name,
            "key": self.key,
            "call": True,
            "media": MEDIA,
            "capabilities": ["ignore-unknown", "pages"],
        }
        if self.session:
            message["resume"] = self.session  # EN-5
        if self.last_seq:
            message["lastSeq"] = self.last_seq
        self.send(message)

    async def beat(self):
        """A ping every 10 s; a socket on which nothing comes for 20 s is given up (PR-3)."""
        while True:
            self.heard = False
            for _ in range(2):
                self.send_text(PING)
                await asyncio.sleep(10)
            if not self.heard:
                self.socket.transport.abort()

    def send(self, message):
        self.send_text(json.dumps(message))

    def send_text(self, text):
        asyncio.ensure_future(self.try_to_send(text))

    async def try_to_send(self, text):
        with contextlib.suppress(websockets.ConnectionClosed):
            await self.socket.send(text)

    async def take(self, message):
        self.heard = True
        kind = message["type"]
        if kind == "page" and self.begun is not None and "peers" in message:
            self.begun["peers"] += message["peers"]
            self.begun["more"] = message["more"]
            message, kind = self.begun, self.begun["type"]
        if kind in ("welcome", "roster") and message.get("more"):
            self.begun = message
        elif kind == "welcome":
            await self.welcome(message)
        elif kind == "roster":
            self.roster = {entry["session"]: entry for entry in message["peers"]}
            self.seq = message["seq"]
            await self.reconcile()
        elif kind == "presence":
            await self.presence(message)
        elif kind == "signal":
            self.signal(message)
        elif kind == "chat.message":
            self.show(message["message"])
        elif kind == "chat.ack":
            self.unsent.pop(message["id"], None)
            self.last_seq = max(self.last_seq, message["seq"])
        elif kind == "error":
            self.retry_after = message.get("retryAfterMs", 500) / 1000
            tell("error", code=message["code"], detail=message["detail"])

    async def welcome(self, message):
        self.session = message["session"]
        if not message["resumed"]:
            for peer in list(self.links):
                await self.drop(peer)  # nobody knows the links of our earlier session
        self.ice_servers = message["iceServers"]
        self.retry_after = 0.5
        self.seq = message["seq"]
        everybody = [message["you"], *message["peers"]]
        self.roster = {entry["session"]: entry for entry in everybody}
        tell("welcome", session=self.session, resumed=message["resumed"])
        for line in message["chat"]["messages"]:
            self.show(line)
        # The room knows by the id what it has already (CH-1).
        for unsent in self.unsent.values():
            self.send(unsent)
        await self.reconcile()

    async def presence(self, message):
        if message["seq"] <= self.seq:
            return
        if message["seq"] > self.seq + 1:
            self.send({"type": "roster.get"})  # a frame is missing (PR-2)
            return
        self.seq = message["seq"]
        for entry in message.get("joined", []):
            self.roster[entry["session"]] = entry
        for change in message.get("changed", []):
            self.roster.get(change["session"], {}).update(change)
        for departure in message.get("left", []):
            self.roster.pop(departure["session"], None)
        await self.reconcile()

    async def reconcile(self):
        """A link to everybody else in the call. Who came later offers (SG-4)."""
        ours = self.roster[self.session]["call"]
        in_call = {key for key, entry in self.roster.items() if entry["call"] > 0}
        in_call.discard(self.session)
        for peer in self.links.keys() - in_call:
            await self.drop(peer)
        for peer in in_call - self.links.keys():
            link = self.links[peer] = Link(self, peer)
            if ours > self.roster[peer]["call"]:
                await link.offer()

    def signal(self, signal):
        peer = signal["from"]
        if peer in self.links:
            self.links[peer].signals.put_nowait(signal)

    async def drop(self, peer):
        link = self.links.pop(peer, None)
        if link is not None:
            await link.close()

    def show(self, message):
        is_new = message["seq"] > self.last_seq
        self.last_seq = max(self.last_seq, message["seq"])
        if is_new:
            tell("message", name=message["name"], text=message["text"])

    def say(self, text):
        message = {"type": "chat.send", "id": secrets.token_urlsafe(16), "text": text}
        self.unsent[message["id"]] = message
        self.send(message)

    async def leave(self):
        self.is_leaving = True
        for peer in list(self.links):
            await self.drop(peer)
        await self.try_to_send('{"type":"leave"}')


async def obey(client):
    """Carries out the commands of standard input."""
    lines = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := await lines.readline():
        command = json.loads(line)
        if "say" in command:
            client.say(command["say"])
        if "drop" in command:
            client.socket.transport.abort()  # as if the network were gone
        if "leave" in command:
            await client.leave()
    await client.leave()


async def main():
    parser = argparse.ArgumentParser(description="A client of the session protocol.")
    parser.add_argument("url", help="ws://host/parties/room/<room>")
    parser.add_argument("--name", default="Robot")
    options = parser.parse_args()
    client = Client(options.url, options.name)
    commands = asyncio.create_task(obey(client))
    await client.run()
    commands.cancel()


if __name__ == "__main__":
    asyncio.run(main())
