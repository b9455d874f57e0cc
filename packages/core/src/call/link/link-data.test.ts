import { expect } from '@esm-bundle/chai';
import type { PeerMessage } from '@rtc-elements/protocol';

import { FakeClock } from '../../../../../tests/support/fake-clock.js';
import { createDeferred } from '../../support/deferred.js';
import { LinkData } from './link-data.js';
import * as paths from './link-data-path.js';
import { PeerChannels } from './peer-channels.js';

/** The data of a link whose connection is there and whose peer takes actions. `load`: what makes its paths. */
function setUp(load: () => Promise<typeof paths>) {
  const pc = new RTCPeerConnection();
  const told: PeerMessage[] = [];
  const made: string[] = [];
  const channels = new PeerChannels();
  channels.connect(pc);
  const create = pc.createDataChannel.bind(pc);
  pc.createDataChannel = (label, options) => {
    made.push(`${label} ${options?.id}`);
    return create(label, options);
  };
  const clock = new FakeClock();
  const host = {
    clock,
    tell: (message: PeerMessage) => told.push(message) > 0,
    onChange: () => {},
  };
  const data = new LinkData(channels, host, load);
  data.receive({ type: 'features', features: ['actions'] });
  return { data, pc, told, made, clock };
}

const LISTENER = { onMessage: () => undefined };
const READY = { type: 'ready', purpose: 'actions' };

/** Lets whatever waits for promises only go on. */
async function turn(): Promise<void> {
  for (let count = 0; count < 20; count += 1) await Promise.resolve();
}

describe('the data of a link', () => {
  it('[LK-3] says that its end is ready once it has a channel, which takes loading', async () => {
    const loading = createDeferred<typeof paths>();
    const { data, pc, told, made } = setUp(() => loading.promise);
    const path = data.open('actions', LISTENER);
    data.receive({ type: 'ready', purpose: 'actions' });
    data.receive({ type: 'features', features: ['actions'] });
    expect(path.send('too early')).to.equal(false);
    expect(await path.headroom()).to.equal(false);
    expect([told, made]).to.deep.equal([[], []]);
    expect(() => data.open('actions', LISTENER))
      .to.throw()
      .with.property('code', 'conflict');
    loading.resolve(paths);
    await turn();
    expect(told).to.deep.equal([READY]);
    expect(made).to.deep.equal(['actions 101']);
    pc.close();
  });

  it('makes nothing for a path that was closed, or whose link was, before that', async () => {
    const loading = createDeferred<typeof paths>();
    const { data, pc, told, made } = setUp(() => loading.promise);
    data.open('actions', LISTENER).close();
    data.open('actions', LISTENER);
    data.close();
    loading.resolve(paths);
    await turn();
    expect([told, made]).to.deep.equal([[], []]);
    pc.close();
  });

  it('asks again a little later for what could not be loaded', async () => {
    let isThere = false;
    const { data, pc, told, clock } = setUp(() =>
      isThere ? Promise.resolve(paths) : Promise.reject(new TypeError('Failed to fetch')),
    );
    data.open('actions', LISTENER);
    await turn();
    isThere = true;
    expect(told).to.deep.equal([]);
    await clock.advanceAsync(5_000);
    await turn();
    expect(told).to.deep.equal([READY]);
    pc.close();
  });
});
