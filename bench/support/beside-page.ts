/**
 * The part of `beside-a-file` that runs in the two pages: questions and chat at a steady pace, and how long the sound of
 * the other is silent. Must stand alone, without anything of this module.
 */
import type { joinRoom as JoinRoom, Room } from '../../packages/core/src/index.js';

/** Round trips, ms, in the order in which they began. */
export interface BesideTrips {
  readonly action: readonly number[];
  readonly chat: readonly number[];
}

interface Beside {
  join(host: string, room: string, name: string): Promise<void>;
  /** Sends a tone in place of the microphone. */
  sound(): Promise<void>;
  /** Resolves once the tone of the other is heard. */
  hear(): Promise<void>;
  /** The longest silence since it was asked for last, ms. */
  silence(): Promise<number>;
  /** For so long, whatever the answers take. */
  talk(forMs: number): Promise<BesideTrips>;
}

declare global {
  interface Window {
    room: Room;
    beside: Beside;
  }
}

/** For `evaluateOnNewDocument`. */
export function installBeside(): void {
  const ACTION_EVERY_MS = 50;
  const CHAT_EVERY_MS = 500;

  /** Runs in the audio thread: longer than two periods of the tone below the threshold is silence. */
  const LISTENER = `
    class Silence extends AudioWorkletProcessor {
      quiet = 0;
      longest = 0;
      heard = false;
      constructor() {
        super();
        this.port.onmessage = () => {
          this.port.postMessage({ heard: this.heard, ms: (1000 * this.longest) / sampleRate });
          this.longest = this.quiet;
        };
      }
      process([[channel]]) {
        const samples = channel ?? new Float32Array(128);
        for (const sample of samples) {
          if (Math.abs(sample) > 0.01) {
            this.heard = true;
            this.quiet = 0;
          } else this.longest = Math.max(this.longest, (this.quiet += 1));
        }
        return true;
      }
    }
    registerProcessor('silence', Silence);`;

  let listener: AudioWorkletNode | null = null;
  const ask = (): Promise<{ heard: boolean; ms: number }> =>
    new Promise((resolve) => {
      if (!listener) return;
      listener.port.onmessage = ({ data }) => resolve(data as { heard: boolean; ms: number });
      listener.port.postMessage(null);
    });

  /** The other's session, once data go straight to them. */
  const other = async (): Promise<string> => {
    for (;;) {
      const [sent] = await window.room.data.action('beside').send(0);
      if (sent?.via === 'peer') return sent.session;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  window.beside = {
    join: async (host, room, name) => {
      const path = '/packages/core/dist/cdn/rtc-core.min.js';
      const { joinRoom } = (await import(path)) as { readonly joinRoom: typeof JoinRoom };
      window.room = await joinRoom({ host, room, name, audio: false, video: false });
      window.room.data.action<number, number>('beside').onRequest((n) => n);
    },
    sound: async () => {
      const context = new AudioContext();
      await context.resume();
      const tone = new OscillatorNode(context, { frequency: 440 });
      const out = new MediaStreamAudioDestinationNode(context);
      tone.connect(out);
      tone.start();
      const [track] = out.stream.getAudioTracks();
      if (track) await window.room.media.publish(track, { source: 'microphone' });
      await window.room.media.setMicrophone(true);
    },
    hear: async () => {
      const session = await other();
      const findTrack = async (): Promise<MediaStreamTrack> => {
        for (;;) {
          const track = window.room.getTrack(session, 'microphone');
          if (track) return track;
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      };
      const stream = new MediaStream([await findTrack()]);
      // Chromium gives no remote sound to an AudioContext that no element plays, too.
      const player = new Audio();
      player.srcObject = stream;
      player.muted = true;
      await player.play();
      const context = new AudioContext();
      await context.resume();
      const code = new Blob([LISTENER], { type: 'text/javascript' });
      await context.audioWorklet.addModule(URL.createObjectURL(code));
      listener = new AudioWorkletNode(context, 'silence');
      new MediaStreamAudioSourceNode(context, { mediaStream: stream })
        .connect(listener)
        .connect(context.destination);
      while (!(await ask()).heard) await new Promise((resolve) => setTimeout(resolve, 50));
      await ask();
    },
    silence: async () => (await ask()).ms,
    talk: async (forMs) => {
      const to = await other();
      const action = window.room.data.action<number, number>('beside');
      const trips: { action: Promise<number>[]; chat: Promise<number>[] } = {
        action: [],
        chat: [],
      };
      const time = async (task: Promise<unknown>): Promise<number> => {
        const since = performance.now();
        await task;
        return performance.now() - since;
      };
      const since = performance.now();
      for (let passed = 0; passed < forMs; passed = performance.now() - since) {
        if (passed >= trips.chat.length * CHAT_EVERY_MS)
          trips.chat.push(time(window.room.chat.send(`line ${trips.chat.length}`)));
        trips.action.push(time(action.request(trips.action.length, { to, timeoutMs: 30_000 })));
        await new Promise((resolve) => setTimeout(resolve, ACTION_EVERY_MS));
      }
      return { action: await Promise.all(trips.action), chat: await Promise.all(trips.chat) };
    },
  };
}
