import { expect } from '@esm-bundle/chai';

import { realClock } from '../../../../tests/support/link-pair.js';
import type { DeviceSource } from './acquire.js';
import { DeviceWatch, type Watched } from './device-watch.js';

interface Slot {
  track: MediaStreamTrack | null;
  chosen: string | null;
}

const input = (deviceId: string, groupId: string): MediaDeviceInfo => ({
  deviceId,
  groupId,
  kind: 'audioinput',
  label: deviceId,
  toJSON: () => ({}),
});

/** A live track of this device that fires no events by itself. */
function trackOf(deviceId: string, groupId = ''): MediaStreamTrack {
  const track = Object.assign(new EventTarget(), {
    readyState: 'live',
    getSettings: () => ({ deviceId, groupId }),
    stop: () => (track.readyState = 'ended'),
  });
  return track as unknown as MediaStreamTrack;
}

/** Our devices, as the watch sees them; its actions are recorded. */
class Bench implements Watched {
  readonly slots: Record<DeviceSource, Slot> = {
    microphone: { track: null, chosen: null },
    camera: { track: null, chosen: null },
  };
  readonly did: string[] = [];
  list: MediaDeviceInfo[] = [];
  #task = (): void => undefined;
  #wake = (): void => undefined;

  readonly port = {
    enumerateDevices: (): Promise<MediaDeviceInfo[]> => Promise.resolve(this.list),
    onDeviceChange: (task: () => void): (() => void) => {
      this.#task = task;
      return () => (this.#task = () => undefined);
    },
  };

  slotOf(source: DeviceSource): Slot {
    return this.slots[source];
  }

  reopen(source: DeviceSource): void {
    this.did.push(`reopen ${source}`);
    this.#wake();
  }

  blame(source: DeviceSource, { name }: { readonly name: string }): void {
    this.did.push(`${name} ${source}`);
    this.#wake();
  }

  /** Resolves at the next action of the watch. */
  get next(): Promise<void> {
    return new Promise((resolve) => (this.#wake = resolve));
  }

  /** Changes the devices; resolves once the watch has compared them. */
  async change(list: MediaDeviceInfo[]): Promise<void> {
    this.list = list;
    this.#task();
    await settled();
  }
}

/** Resolves once everything that waits for promises alone is done. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

async function watched(bench: Bench, gives: () => boolean = () => true): Promise<DeviceWatch> {
  const watch = new DeviceWatch(bench, realClock, () => Promise.resolve(gives()));
  await settled();
  return watch;
}

describe('DeviceWatch', () => {
  it('returns to the chosen device once it is plugged in again', async () => {
    const bench = new Bench();
    bench.list = [input('built-in', 'a')];
    bench.slots.microphone = { track: trackOf('built-in'), chosen: 'headset' };
    const watch = await watched(bench);
    await bench.change([input('built-in', 'a'), input('headset', 'b')]);
    expect(bench.did).to.deep.equal(['reopen microphone']);
    // It did not open; that it is still listed is no reason to retry.
    await bench.change([input('built-in', 'a'), input('headset', 'b'), input('third', 'c')]);
    expect(bench.did.length).to.equal(1);
    watch.close();
  });

  it('does not turn on a device that is off', async () => {
    const bench = new Bench();
    bench.slots.microphone.chosen = 'headset';
    const watch = await watched(bench);
    await bench.change([input('headset', 'b')]);
    expect(bench.did).to.deep.equal([]);
    watch.close();
  });

  for (const { chosen, follows } of [
    { chosen: null, follows: true },
    { chosen: 'default', follows: true },
    { chosen: 'built-in', follows: false },
  ]) {
    it(`${follows ? 'follows' : 'does not follow'} the default when ${chosen} was chosen`, async () => {
      const bench = new Bench();
      bench.list = [input('default', 'a'), input('built-in', 'a')];
      bench.slots.microphone = { track: trackOf(chosen ?? 'default', 'a'), chosen };
      const watch = await watched(bench);
      await bench.change([input('default', 'b'), input('built-in', 'a'), input('headset', 'b')]);
      expect(bench.did).to.deep.equal(follows ? ['reopen microphone'] : []);
      watch.close();
    });
  }

  it('reopens a silent device once, and then reports it', async () => {
    const bench = new Bench();
    const first = trackOf('built-in');
    bench.slots.camera.track = first;
    const watch = await watched(bench, () => false);
    watch.look();
    const reopened = bench.next;
    first.dispatchEvent(new Event('unmute'));
    await reopened;
    const blamed = bench.next;
    bench.slots.camera.track = trackOf('built-in');
    watch.look();
    await blamed;
    expect(bench.did).to.deep.equal(['reopen camera', 'SilentError camera']);
    watch.close();
  });

  it('does not touch a device that works after an interruption', async () => {
    const bench = new Bench();
    const track = trackOf('built-in');
    bench.slots.camera.track = track;
    const watch = await watched(bench);
    watch.look();
    track.dispatchEvent(new Event('unmute'));
    await settled();
    expect(bench.did).to.deep.equal([]);
    watch.close();
  });

  it('reopens a device that ended while the page was frozen', async () => {
    const bench = new Bench();
    const track = trackOf('built-in');
    bench.slots.camera.track = track;
    const watch = await watched(bench);
    track.stop();
    document.dispatchEvent(new Event('resume'));
    expect(bench.did).to.deep.equal(['reopen camera']);
    watch.close();
  });
});
