/**
 * The part of `round-trip` that runs in the two pages: a room of ours and a bare connection beside it, both asked and
 * answered the same. Must stand alone, without anything of this module.
 */
import type { Action, joinRoom as JoinRoom, Room } from '../../packages/core/src/index.js';

interface RoundTrips {
  join(url: string, name: string): Promise<void>;
  /** The description of a bare connection with a channel, with all its candidates. */
  describe(theirs: RTCSessionDescriptionInit | null): Promise<RTCSessionDescriptionInit>;
  accept(answer: RTCSessionDescriptionInit): Promise<void>;
  /** Resolves once both ways are open. */
  open(): Promise<void>;
  /** How long `count` questions took, asked one after another: the mean of each ten of them, ms. */
  ask(way: 'ours' | 'bare', count: number): Promise<number[]>;
}

declare global {
  interface Window {
    roundTrips: RoundTrips;
  }
}

/** For `evaluateOnNewDocument`. */
export function installRoundTrips(): void {
  /** Questions measured together, as the clock of a page shows no less than 0.1 ms. */
  const TOGETHER = 10;
  let room: Room | null = null;
  let asking: Action<number, number> | null = null;
  let channel: RTCDataChannel | null = null;
  const connection = new RTCPeerConnection();

  const peer = (): string => room?.getSnapshot().peers[0]?.session ?? '';

  const askOurs = (n: number): Promise<unknown> =>
    asking?.request(n, { to: peer() }) ?? Promise.resolve();

  const askBare = (n: number): Promise<unknown> =>
    new Promise((resolve) => {
      if (!channel) return;
      channel.onmessage = ({ data }) => resolve(JSON.parse(data as string));
      channel.send(JSON.stringify(n));
    });

  window.roundTrips = {
    join: async (url, name) => {
      const path = '/packages/core/dist/cdn/rtc-core.min.js';
      const { joinRoom } = (await import(path)) as { readonly joinRoom: typeof JoinRoom };
      const { origin: host, pathname } = new URL(url);
      room = await joinRoom({ host, room: pathname.slice(1), name, audio: false, video: false });
      asking = room.data.action<number, number>('ask');
      asking.onRequest((n) => n);
    },
    describe: async (theirs) => {
      if (theirs) {
        connection.ondatachannel = (event) => {
          const { channel: opened } = event;
          opened.onmessage = ({ data }) => {
            opened.send(JSON.stringify(JSON.parse(data as string)));
          };
        };
        await connection.setRemoteDescription(theirs);
      } else channel = connection.createDataChannel('bench');
      const isGathered = new Promise((resolve) => {
        connection.onicegatheringstatechange = () =>
          connection.iceGatheringState === 'complete' && resolve(null);
      });
      await connection.setLocalDescription();
      await isGathered;
      return (connection.localDescription as RTCSessionDescription).toJSON();
    },
    accept: (answer) => connection.setRemoteDescription(answer),
    open: async () => {
      for (;;) {
        const [sent] = (await room?.data.action('ask').send(0)) ?? [];
        if (sent?.via === 'peer' && channel?.readyState === 'open') return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    ask: async (way, count) => {
      const ask = way === 'ours' ? askOurs : askBare;
      const times: number[] = [];
      for (let n = 0; n < count; n += TOGETHER) {
        const from = performance.now();
        for (let more = 0; more < TOGETHER; more += 1) await ask(n + more);
        times.push((performance.now() - from) / TOGETHER);
      }
      return times;
    },
  };
}
