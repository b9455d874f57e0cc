/**
 * The script of a page on which somebody wants one thing after another of an `<rtc-room>`, with the devices, files,
 * sockets and connections of the browser. What the page holds in the end is compared with what was wanted last.
 */
import type { Room } from '@rtc-elements/core';

import { realClock } from '../link-pair.js';
import { seededRandom } from '../seeded-random.js';
import { type Act, Wishes } from '../wishes/wishes.js';

/** The element, as far as it is used here. */
interface RoomElement extends HTMLElement {
  readonly client: Room | null;
  readonly ready: Promise<Room>;
  readonly isUpdatePending: boolean;
  join(): Promise<void>;
  leave(): Promise<void>;
  toggleMicrophone(force: boolean): Promise<void>;
  toggleCamera(force: boolean): Promise<void>;
  toggleScreen(force: boolean): Promise<void>;
}

declare global {
  interface Window {
    /** Resolves with what is wrong with the case of this seed, and nothing if all is well. */
    runWishes(seed: number): Promise<readonly string[]>;
  }
}

/** How long what was wanted may take to come about, ms. */
const PATIENCE_MS = 15_000;
const DEVICES = ['microphone', 'camera'] as const;

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => void realClock.setTimer(ms, resolve));

/** Requests for a device or a screen that the browser has not answered yet. */
let asking = 0;
/** How long a person takes for the picker, ms. */
let pickMs = 0;

const { mediaDevices } = navigator;
const answer = async (ask: () => Promise<MediaStream>): Promise<MediaStream> => {
  asking += 1;
  try {
    return await ask();
  } finally {
    asking -= 1;
  }
};
const openDevice = mediaDevices.getUserMedia.bind(mediaDevices);
const openScreen = mediaDevices.getDisplayMedia.bind(mediaDevices);
mediaDevices.getUserMedia = (constraints) => answer(() => openDevice(constraints));
mediaDevices.getDisplayMedia = (options) =>
  answer(async () => {
    await pause(pickMs);
    // Firefox has no picker that answers by itself.
    return navigator.userAgent.includes('Firefox')
      ? openDevice({ video: true })
      : openScreen(options);
  });

class WishCase {
  readonly #random: () => number;
  readonly #element = document.createElement('rtc-room') as unknown as RoomElement;
  readonly #first: { call: true; microphone: boolean; camera: boolean };
  readonly #story: string[] = [];
  readonly #wrong: string[] = [];
  readonly #pending = new Set<string>();
  #wishes: Wishes;
  /** After coming back to a room, whether these are on is not said here before they are switched. */
  readonly #open = new Set<string>();

  constructor(seed: number) {
    this.#random = seededRandom(seed);
    this.#first = { call: true, microphone: this.#chance(0.7), camera: this.#chance(0.7) };
    this.#wishes = new Wishes(this.#first);
  }

  async run(): Promise<readonly string[]> {
    const { microphone, camera } = this.#first;
    const attributes = {
      room: new URLSearchParams(location.search).get('room') ?? 'wishes',
      name: 'Somebody',
      lobby: 'off',
      'data-saver': '',
      audio: microphone ? 'on' : 'off',
      video: camera ? 'on' : 'off',
    };
    for (const [name, value] of Object.entries(attributes)) this.#element.setAttribute(name, value);
    document.body.append(this.#element);
    if (this.#chance(0.5)) await this.#element.ready;
    const acts = 3 + Math.floor(this.#random() * 6);
    for (let count = 0; count < acts; count += 1) {
      pickMs = this.#random() * 120;
      this.#act(this.#draw());
      if (this.#chance(0.5)) await pause(this.#random() * 60);
    }
    await this.#expect('in the end', () => this.#compare());
    this.#element.remove();
    // It lets go of its room in another task; until then, the next element would share it.
    await this.#expect('after it was removed', () =>
      this.#element.client ? 'it has a room' : held(0, 0, 0, 0),
    );
    return this.#wrong.length > 0 ? [...this.#story, ...this.#wrong] : [];
  }

  #draw(): Act {
    const topic = this.#pick(DEVICES);
    const isInside = ['connecting', 'connected'].includes(this.#snapshot?.connection ?? '');
    const acts: readonly Act[] = [
      { do: 'join' },
      { do: 'join' },
      { do: this.#element.client ? 'leave' : 'join' },
      { do: 'on', topic, to: null },
      { do: 'on', topic, to: null },
      { do: 'off', topic },
      { do: 'off', topic },
      { do: 'share', to: 'detail' },
      { do: 'stop-screen' },
      // Only a room can be asked for these, and one that was left is another than the next.
      ...(isInside ? [{ do: 'enter-call' } as const, { do: 'leave-call' } as const] : []),
    ];
    return this.#pick(acts);
  }

  #act(act: Act): void {
    const name = `#${this.#story.length} ${JSON.stringify(act)}`;
    this.#story.push(`${Math.round(performance.now())} ${name}`);
    if (act.do === 'join' && this.#wishes.isOver) {
      this.#wishes = new Wishes(this.#first);
      for (const topic of DEVICES) this.#open.add(topic);
    }
    if ('topic' in act) this.#open.delete(act.topic);
    if (act.do === 'leave' || act.do === 'leave-call') this.#open.clear();
    // Whoever is inside joins at once, unless the element has changes to take first.
    const isInside = this.#snapshot?.connection === 'connected' && !this.#element.isUpdatePending;
    const isDone = act.do === 'join' && isInside;
    const { starts, isLast } = this.#wishes.take(act);
    this.#pending.add(name);
    const settle = (code: string): void => {
      this.#pending.delete(name);
      const wanted = starts && !isLast() && !isDone ? 'aborted' : 'done';
      if (code !== wanted) this.#wrong.push(`${name} is ${code}, not ${wanted}`);
    };
    this.#carryOut(act).then(
      () => settle('done'),
      (error: unknown) => settle((error as { code?: string }).code ?? String(error)),
    );
  }

  #carryOut(act: Act): Promise<void> {
    const element = this.#element;
    switch (act.do) {
      case 'join':
        return element.join();
      case 'leave':
        return element.leave();
      case 'on':
      case 'off':
        return act.topic === 'camera'
          ? element.toggleCamera(act.do === 'on')
          : element.toggleMicrophone(act.do === 'on');
      case 'share':
        return element.toggleScreen(true);
      case 'stop-screen':
        return element.toggleScreen(false);
      default: {
        const { client } = element;
        if (!client) throw new Error('the element has no room');
        return act.do === 'enter-call' ? client.enterCall() : client.leaveCall();
      }
    }
  }

  get #snapshot() {
    return this.#element.client?.getSnapshot();
  }

  /** What is not as it is wanted; `null`: nothing. */
  #compare(): string | null {
    const { inRoom, isOver, inCall, live } = this.#wishes;
    const state = this.#snapshot;
    const isIn = inRoom && !isOver;
    const isOn = (topic: (typeof DEVICES)[number]): boolean =>
      this.#open.has(topic) ? state?.media[topic].status === 'on' : live[topic] !== null;
    const hasSound = live.screen !== null && this.#element.client?.media.getTrack('screen-audio');
    const sounds = Number(isOn('microphone')) + (hasSound ? 1 : 0);
    const pictures = Number(isOn('camera')) + Number(live.screen !== null);
    const wrong = held(isIn ? 1 : 0, isIn && inCall ? 1 : 0, sounds, pictures);
    if (wrong) return wrong;
    if ((state?.connection === 'connected') !== isIn) return `it is ${state?.connection}`;
    if (!isIn || !state?.you) return null;
    if (state.you.call > 0 !== inCall) return `its place in the call is ${state.you.call}`;
    const { microphone, camera, screen } = state.you.media;
    const isShown =
      microphone === isOn('microphone') &&
      camera === isOn('camera') &&
      screen === (live.screen !== null);
    return isShown ? null : `the roster shows ${JSON.stringify(state.you.media)}`;
  }

  /** Waits until nothing is under way and `compare` finds nothing. */
  async #expect(when: string, compare: () => string | null): Promise<void> {
    const end = performance.now() + PATIENCE_MS;
    for (;;) {
      const { microphone, camera, screen } = this.#snapshot?.media ?? {};
      const isStarting = [microphone, camera, screen].some((one) => one?.status === 'starting');
      const isBusy = asking > 0 || this.#pending.size > 0 || isStarting;
      const wrong = isBusy ? `still busy: ${asking} ${[...this.#pending].join()}` : compare();
      if (wrong === null) return;
      if (performance.now() > end) return void this.#wrong.push(`${when}: ${wrong}`);
      await pause(10);
    }
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }

  #pick<T>(all: readonly T[]): T {
    return all[Math.floor(this.#random() * all.length)] as T;
  }
}

/** What the page holds beside these numbers; `null`: nothing, and no less. */
function held(
  sockets: number,
  connections: number,
  sounds: number,
  pictures: number,
): string | null {
  const { probe } = window;
  const live = probe.tracks.filter(({ readyState }) => readyState === 'live');
  const is = {
    sockets: probe.sockets.filter(({ readyState }) => readyState < WebSocket.CLOSING).length,
    connections: probe.connections.filter((one) => one.connectionState !== 'closed').length,
    sounds: live.filter(({ kind }) => kind === 'audio').length,
    pictures: live.filter(({ kind }) => kind === 'video').length,
  };
  const wanted = { sockets, connections, sounds, pictures };
  const [text, other] = [JSON.stringify(is), JSON.stringify(wanted)];
  return text === other ? null : `it holds ${text}, and ${other} is wanted`;
}

window.runWishes = (seed) => new WishCase(seed).run();
