/**
 * What a person in a room wants, by what was asked last. It knows nothing of how long anything takes: that is the
 * point of comparing it with what is.
 */
export type Device = 'microphone' | 'camera';
export type Topic = Device | 'screen' | 'stay' | 'part' | 'engine' | 'keys';

/** One thing that is asked of a room. `to`: a device, an engine, a set of keys, or how to share. */
export type Act =
  | { readonly do: 'join' | 'leave' | 'enter-call' | 'leave-call' | 'stop-screen' }
  | { readonly do: 'on'; readonly topic: Device; readonly to: string | null }
  | { readonly do: 'off'; readonly topic: Device }
  | { readonly do: 'share'; readonly to: 'detail' | 'motion' }
  | { readonly do: 'move'; readonly to: string }
  | { readonly do: 'encrypt'; readonly to: string | null };

/** `starts`: rejects with `aborted` once something else is wanted. What stops something never rejects. */
export interface Promised {
  readonly starts: boolean;
  /** Whether it is wanted still. */
  readonly isLast: () => boolean;
}

export interface FirstWishes {
  readonly call: boolean;
  readonly microphone: boolean;
  readonly camera: boolean;
}

const DEFAULTS = { microphone: 'mic-1', camera: 'cam-1' } as const;

export class Wishes {
  readonly #options: FirstWishes;
  readonly #versions = new Map<Topic, { key: string; version: number }>();
  /** What the person or a host has switched last; it outlives the call. */
  readonly #choices: Partial<Record<Device, boolean>> = {};
  readonly #chosen: Partial<Record<Device, string>> = {};
  /** What is to be open now. */
  readonly live: Record<Device | 'screen', string | null> = {
    microphone: null,
    camera: null,
    screen: null,
  };
  inRoom = false;
  /** Whether the last stay was in the call when it ended: the next one is, too. */
  #wasInCall: boolean;
  isOver = false;
  inCall: boolean;
  engine = 'mesh';
  keys: string | null = null;

  constructor(options: FirstWishes) {
    this.#options = options;
    this.inCall = this.#wasInCall = options.call;
  }

  /** Takes an act over as wanted, and returns what its promise must come to. */
  take(act: Act): Promised {
    switch (act.do) {
      case 'join':
        if (this.isOver) this.inCall = this.#wasInCall;
        this.isOver = false;
        if (!this.inRoom && this.inCall) this.#startDevices();
        this.inRoom = true;
        return this.#start('stay', 'in');
      case 'leave':
        return this.#leave();
      case 'enter-call':
        if (!this.isOver) this.inCall = true;
        if (!this.isOver) this.#startDevices();
        return this.#start('part', 'in');
      case 'leave-call':
        return this.#leaveCall();
      case 'on':
        return this.#on(act.topic, act.to);
      case 'off':
        this.#choices[act.topic] = false;
        return this.#stop(act.topic);
      case 'share':
        if (!this.isOver) this.live.screen = 'screen';
        return this.#start('screen', act.to);
      case 'stop-screen':
        return this.#stop('screen');
      case 'move':
        if (!this.inCall) return { starts: true, isLast: () => false };
        if (!this.isOver) this.engine = act.to;
        return this.#start('engine', act.to);
      case 'encrypt':
        if (!this.isOver) this.keys = act.to;
        return { ...this.#start('keys', act.to ?? 'none'), starts: act.to !== null };
    }
  }

  /** A host turns a source of ours off. */
  mute(source: Device | 'screen'): void {
    if (source !== 'screen') this.#choices[source] = false;
    this.live[source] = null;
    this.#bump(source, 'muted');
  }

  /** What must be open, as `SlowDevices.live` says it. */
  get open(): readonly string[] {
    return Object.entries(this.live)
      .flatMap(([source, device]) => (device === null ? [] : [`${source} ${device}`]))
      .sort();
  }

  #on(topic: Device, to: string | null): Promised {
    if (this.isOver) return { starts: true, isLast: () => false };
    if (to !== null) this.#chosen[topic] = to;
    const device = this.#chosen[topic];
    this.#choices[topic] = true;
    this.live[topic] = device ?? DEFAULTS[topic];
    return this.#start(topic, `on ${device ?? ''}`);
  }

  #leaveCall(): Promised {
    this.inCall = false;
    this.engine = 'mesh';
    for (const topic of ['microphone', 'camera', 'screen'] as const) this.#stop(topic);
    this.#bump('engine', 'none');
    return this.#stop('part');
  }

  #leave(): Promised {
    if (!this.isOver) this.#wasInCall = this.inCall;
    this.isOver = true;
    this.inRoom = false;
    this.#leaveCall();
    this.#bump('keys', 'over');
    return this.#stop('stay');
  }

  /** What enters a call opens what was chosen last, or else what the options say. */
  #startDevices(): void {
    for (const topic of ['microphone', 'camera'] as const) {
      if (!(this.#choices[topic] ?? this.#options[topic])) continue;
      this.live[topic] ??= this.#chosen[topic] ?? DEFAULTS[topic];
    }
  }

  #start(topic: Topic, key: string): Promised {
    if (this.isOver) return { starts: true, isLast: () => false };
    if (this.#versions.get(topic)?.key !== key) this.#bump(topic, key);
    return { starts: true, isLast: this.#check(topic) };
  }

  #stop(topic: Topic): Promised {
    if (topic === 'microphone' || topic === 'camera' || topic === 'screen') this.live[topic] = null;
    this.#bump(topic, 'off');
    return { starts: false, isLast: this.#check(topic) };
  }

  #check(topic: Topic): () => boolean {
    const version = this.#versions.get(topic)?.version;
    return () => this.#versions.get(topic)?.version === version;
  }

  #bump(topic: Topic, key: string): void {
    this.#versions.set(topic, { key, version: (this.#versions.get(topic)?.version ?? 0) + 1 });
  }
}
