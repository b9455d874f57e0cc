import { expect } from '@esm-bundle/chai';

import type { DataOptions, DataPurpose, DataReadiness } from '../call/ports.js';
import { RtcError } from '../state/errors.js';
import { FakeRoomContext } from '../../../../tests/support/fake-room-context.js';
import { memberEntry } from '../call/testing/meeting.js';
import { PeerDemand } from './peer-demand.js';
import { openPeerPaths } from './peer-paths.js';

/** A call whose data is moved by hand. */
function setUp() {
  const readiness = new Map<string, DataReadiness>();
  const opened = new Map<string, DataOptions>();
  const words: string[] = [];
  const room = new FakeRoomContext();
  room.welcome(memberEntry('me', 1), [memberEntry('ben', 2), memberEntry('cid', 3)]);
  const data = {
    readinessOf: (session: string) => readiness.get(session) ?? 'none',
    open: (session: string, _purpose: string, options: DataOptions) => {
      if (readiness.get(session) === 'none') throw new RtcError('not-found', 'Gone.');
      opened.set(session, options);
      return {
        send: (message: string | ArrayBuffer) => words.push(`to ${session} ${String(message)}`) > 0,
        headroom: () => Promise.resolve(true),
        close: () => void words.push(`closed ${session}`),
      };
    },
  };
  const demand = new PeerDemand(() => data);
  const lineUse = { talkedAt: -Infinity };
  const open = (purpose: DataPurpose = 'actions') =>
    openPeerPaths(
      {
        callData: () => data,
        clock: room.clock,
        lineUse,
        getSnapshot: room.getSnapshot,
        watchPeers: (purpose, look) => demand.watchPeers(purpose, look),
      },
      purpose,
      {
        onOpen: (session) => words.push(`open ${session}`),
        onMessage: (session, message) => words.push(`from ${session} ${String(message)}`),
        onReset: (session) => words.push(`reset ${session}`),
        onClose: (session) => words.push(`close ${session}`),
      },
    );
  return { readiness, opened, words, demand, room, lineUse, open };
}

describe('peer paths', () => {
  it('are opened to everybody who takes data, now and from when they say so', () => {
    const { readiness, opened, words, demand, open } = setUp();
    readiness.set('ben', 'able').set('cid', 'unknown');
    const paths = open();
    expect([...opened.keys()]).to.deep.equal(['ben']);
    expect(paths.statusOf('ben')).to.equal('opening');
    expect(paths.statusOf('cid')).to.equal('opening');
    expect(paths.statusOf('nobody')).to.equal('none');
    readiness.set('cid', 'unsupported');
    demand.onPeerData('cid');
    expect(paths.statusOf('cid')).to.equal('unsupported');
    opened.get('ben')?.onOpen?.();
    opened.get('ben')?.onMessage('hello');
    expect(paths.statusOf('ben')).to.equal('open');
    expect(paths.send('ben', 'hi')).to.equal(true);
    expect(paths.send('cid', 'hi')).to.equal(false);
    expect(words).to.deep.equal(['open ben', 'from ben hello', 'to ben hi']);
  });

  it('outlive resets, and are opened anew to a peer that is back', async () => {
    const { readiness, opened, words, demand, open } = setUp();
    readiness.set('ben', 'able');
    const paths = open();
    opened.get('ben')?.onOpen?.();
    opened.get('ben')?.onReset?.();
    expect(paths.statusOf('ben')).to.equal('opening');
    opened.get('ben')?.onOpen?.();
    opened.get('ben')?.onClose?.();
    readiness.set('ben', 'none');
    expect(paths.statusOf('ben')).to.equal('none');
    expect(await paths.headroom('ben')).to.equal(false);
    readiness.set('ben', 'waiting');
    const before = opened.get('ben');
    demand.onPeerData('ben');
    expect(opened.get('ben')).not.to.equal(before);
    before?.onMessage('late');
    opened.get('ben')?.onOpen?.();
    paths.close();
    opened.get('ben')?.onMessage('late');
    expect(words).to.deep.equal([
      'open ben',
      'reset ben',
      'open ben',
      'close ben',
      'open ben',
      'closed ben',
    ]);
  });

  it('are wanted of a page by a peer that waits for one, and asked for no more once they are open', () => {
    const { readiness, opened, demand, open } = setUp();
    let loads = 0;
    demand.whenWanted('actions', () => (loads += 1));
    readiness.set('ben', 'able');
    demand.onPeerData('ben');
    expect(loads).to.equal(0);
    readiness.set('ben', 'waiting');
    demand.onPeerData('ben');
    expect(loads).to.equal(1);
    const paths = open();
    expect([...opened.keys()]).to.deep.equal(['ben']);
    demand.onPeerData('ben');
    expect(loads).to.equal(1);
    paths.close();
    demand.onPeerData('ben');
    expect(loads).to.equal(2);
  });

  for (const purpose of ['actions', 'values', 'files'] as const)
    it(`take ${purpose} for ${purpose === 'files' ? 'no ' : ''}sign that people talk`, () => {
      const { readiness, opened, room, lineUse, open } = setUp();
      readiness.set('ben', 'able');
      const paths = open(purpose);
      opened.get('ben')?.onOpen?.();
      room.clock.advance(7);
      paths.send('ben', 'hi');
      expect(lineUse.talkedAt).to.equal(purpose === 'files' ? -Infinity : room.clock.now());
      room.clock.advance(7);
      opened.get('ben')?.onMessage('hello');
      expect(lineUse.talkedAt).to.equal(purpose === 'files' ? -Infinity : room.clock.now());
    });
});
