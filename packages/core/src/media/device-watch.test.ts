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

/** A live track of this device that says nothing by itself. */
function trackOf(deviceId: string, groupId = ''): MediaStreamTrack {
  const track = Object.assign(new EventTarget(), {
    readyState: 'live',
    getSettings: () => ({ deviceId, groupId }),
    stop: () => (track.readyState = 'ended'),
  });
  return track as unknown as MediaStreamTrack;
}

/** Our devices as the watch sees them; what it does is written down. */
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

  /** Resolves once the watch has done something more. */
  get next(): Promise<void> {
    return new Promise((resolve) => (this.#wake = resolve));
  }

  /** The devices are others now; resolves once the watch has looked. */
  async change(list: MediaDeviceInfo[]): Promise<void> {
    this.list = list;
    this.#task();
    await settled();
  }
}

/** What was begun on promises alone is done by then. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

async function watched(bench: Bench, gives: () => boolean = () => true): Promise<DeviceWatch> {
  const watch = new DeviceWatch(bench, realClock, () => Promise.resolve(gives()));
  await settled();
  return watch;
}

describe('DeviceWatch', () => {
  it('goes back to the chosen device once it is plugged in again', async () => {
    const bench = new Bench();
    bench.list = [input('built-in', 'a')];
    bench.slots.microphone = { track: trackOf('built-in'), chosen: 'headset' };
    const watch = await watched(bench);
    await bench.change([input('built-in', 'a'), input('headset', 'b')]);
    expect(bench.did).to.deep.equal(['reopen microphone']);
    // It would not open: that it is still listed is no reason to try again.
    await bench.change([input('built-in', 'a'), input('headset', 'b'), input('third', 'c')]);
    expect(bench.did.length).to.equal(1);
    watch.close();
  });

  it('turns nothing on that is off', async () => {
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

  it('opens a silent device anew once, and then says so', async () => {
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

  it('leaves a device alone that gives something after an interruption', async () => {
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

  it('opens anew what ended while the page was frozen', async () => {
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
