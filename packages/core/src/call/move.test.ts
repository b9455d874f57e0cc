import { expect } from '@esm-bundle/chai';

import { FakeNetwork } from '../../../../tests/support/fake-call.js';
import { outcome } from '../../../../tests/support/fake-room-context.js';
import { CallHouse } from '../../../../tests/support/house/call-house.js';
import { CountedDevices } from '../../../../tests/support/house/counted-devices.js';
import {
  errorsOf,
  meetToMove,
  trackOf,
  watchPeer,
} from '../../../../tests/support/house/moving-call.js';
import { makeVideoTrack } from '../../../../tests/support/link-pair.js';
import type { RoomState } from '../state/room-state.js';
import { createDeferred } from '../support/deferred.js';
import type { Call, CreateCall } from './ports.js';

describe('a call that moves', () => {
  for (const [from, to] of [
    ['mesh', 'one'],
    ['one', 'two'],
    ['one', 'mesh'],
  ] as const) {
    it(`from ${from} to ${to} shows everybody all the time`, async () => {
      const { house, ann, move } = await meetToMove({ engine: from });
      const before = trackOf(ann, 'camera');
      const shown = watchPeer(ann);
      await move(to);
      expect(shown).to.deep.equal(['connected camera']);
      const after = trackOf(ann, 'camera');
      expect(after?.readyState).to.equal('live');
      expect(after?.id).not.to.equal(before?.id);
      // The former call is closed; a mesh says goodbye first.
      await house.until(() => before?.readyState === 'ended');
      await house.close();
    });
  }

  it('carries over what is on, and what is switched in the middle', async () => {
    const { house, one, ann, ben } = await meetToMove({ audio: true, holdMicrophone: true });
    await house.until(() => trackOf(ann, 'microphone') !== null);
    const opened = createDeferred<undefined>();
    one.open = () => opened.promise;
    const moved = Promise.all([ann.moveCall('one'), ben.moveCall('one')]);
    await house.during(ben.media.setMicrophone(false));
    await house.during(ben.media.setCamera(false));
    await house.during(ben.media.shareScreen());
    const held = ben.getSnapshot().media.microphone;
    opened.resolve(undefined);
    await house.during(moved);
    const tracks = (): string => Object.keys(ann.getSnapshot().peers[0]?.tracks ?? {}).join();
    await house.until(() => tracks() === 'screen');
    expect(held.status, 'a held microphone stays held').to.equal('off');
    await house.during(ben.media.setMicrophone(true));
    await house.during(ben.media.setCamera(true));
    await house.until(() => tracks().split(',').length === 3);
    await house.close();
  });

  it('takes along whoever joins, leaves or becomes a listener in the middle', async () => {
    const { house, one, ann, ben, more } = await meetToMove();
    const opened = createDeferred<undefined>();
    one.open = () => opened.promise;
    const moved = Promise.all([ann.moveCall('one'), ben.moveCall('one')]);
    const cid = await house.join('Cid', { ...more, engine: 'one' });
    await house.during(ann.moderation.setRole(ben.getSnapshot().you?.session ?? '', 'listener'));
    opened.resolve(undefined);
    await house.during(moved);
    await house.until(() =>
      cid.getSnapshot().peers.every(({ link }) => link.status === 'connected'),
    );
    const benOf = (state: RoomState) => state.peers.find(({ name }) => name === 'Ben');
    await house.until(() => Object.keys(benOf(ann.getSnapshot())?.tracks ?? {}).length === 0);
    expect(ben.media.getTrack('camera')).to.equal(null);
    await cid.leave();
    await house.until(() => ann.getSnapshot().peers.length === 1);
    await house.close();
  });

  it('stays where it is when the new engine ends in the middle', async () => {
    const { house, one, ann } = await meetToMove();
    one.open = () => new Promise<never>(() => undefined);
    const shown = watchPeer(ann);
    const moved = outcome(ann.moveCall('one'));
    await house.until(() => one.made.length > 0);
    one.made[0]?.host.onEnd(new Error('the server is gone') as never);
    expect(await house.during(moved)).to.equal('engine-failed');
    expect(shown).to.deep.equal(['connected camera']);
    await house.close();
  });

  it('goes on in the new engine when the present one ends in the middle', async () => {
    const { house, one, two, ann, ben } = await meetToMove({ engine: 'one' });
    const opened = createDeferred<undefined>();
    two.open = () => opened.promise;
    const codes = errorsOf(ann);
    const moved = Promise.all([ann.moveCall('two'), ben.moveCall('two')]);
    await house.until(() => two.made.length === 2);
    for (const call of one.made) call.host.onEnd(new Error('the server is gone') as never);
    opened.resolve(undefined);
    await house.during(moved);
    await house.until(() => trackOf(ann, 'camera')?.readyState === 'live');
    expect(codes).to.deep.equal(['engine-failed']);
    await house.close();
  });

  it('falls back to the mesh when its only engine ends', async () => {
    const { house, one, ann } = await meetToMove({ engine: 'one' });
    for (const call of one.made) call.host.onEnd(new Error('the server is gone') as never);
    await house.connect();
    await house.until(() => trackOf(ann, 'camera')?.readyState === 'live');
    await house.close();
  });

  it('moves once: a move that is overtaken, or that the person ends, is given up', async () => {
    const { house, one, two, ann } = await meetToMove();
    one.open = two.open = () => new Promise<never>(() => undefined);
    const first = outcome(ann.moveCall('one'));
    await house.until(() => one.made.length > 0);
    const second = outcome(ann.moveCall('two'));
    expect(await house.during(first)).to.equal('aborted');
    await house.until(() => two.made.length > 0);
    expect(one.made[0]?.calls.at(-1)).to.equal('close');
    await house.during(ann.leaveCall());
    expect(await house.during(second)).to.equal('aborted');
    expect(two.made[0]?.calls.at(-1)).to.equal('close');
    await house.close();
  });

  it('goes where it was sent last, even at the same time', async () => {
    const { house, one, two, ann, ben } = await meetToMove({ engine: 'one' });
    two.open = () => new Promise<never>(() => undefined);
    const overtaken = [ann, ben].map((room) => outcome(room.moveCall('two')));
    await house.until(() => two.made.length === 2);
    const moves = [ann, ben].map((room) => room.moveCall('mesh'));
    await house.during(Promise.all(moves));
    expect(await Promise.all(overtaken)).to.deep.equal(['aborted', 'aborted']);
    for (const call of [...one.made, ...two.made]) expect(call.calls.at(-1)).to.equal('close');
    expect(trackOf(ann, 'camera')?.readyState).to.equal('live');
    await house.close();
  });
});

describe('an engine that', () => {
  const never = new Promise<never>(() => undefined);
  const failing: CreateCall = () => {
    throw new Error('broken');
  };
  const withStart =
    (start: () => Promise<void>): CreateCall =>
    (host, options) =>
      Object.assign(new FakeNetwork().createCall(host, options), { start });
  const module = (createCall: CreateCall) => () => Promise.resolve({ createCall });

  for (const [what, load, code] of [
    ['is not there', undefined, 'not-found'],
    ['cannot be loaded', () => Promise.reject(new Error('404')), 'part-unavailable'],
    ['never loads', () => never, 'timeout'],
    ['exports nothing', () => Promise.resolve({} as never), 'engine-failed'],
    ['throws in its constructor', module(failing), 'engine-failed'],
    ['refuses to open', module(withStart(() => Promise.reject(new Error('no')))), 'engine-failed'],
    ['never opens', module(withStart(() => never)), 'timeout'],
  ] as const) {
    it(`${what} is ${code}, and the call goes on`, async () => {
      const { house, ann } = await meetToMove({ engines: load ? { odd: load } : {} });
      const shown = watchPeer(ann);
      expect(await house.during(outcome(ann.moveCall('odd')))).to.equal(code);
      expect(shown).to.deep.equal(['connected camera']);
      await house.close();
    }).timeout(120_000);

    it(`${what} leaves a call that should begin with it to the mesh`, async () => {
      const house = new CallHouse();
      const engines = load ? { odd: load } : {};
      const codes: string[] = [];
      const ann = await house.join('Ann', { engines, ports: { media: new CountedDevices() } });
      const ben = await house.join(
        'Ben',
        { engines, engine: 'odd', ports: { media: new CountedDevices() } },
        (room) => room.addEventListener('error', ({ error }) => codes.push(error.code)),
      );
      await house.until(() => ben.getSnapshot().peers[0]?.link.status === 'connected');
      await house.until(() => trackOf(ann, 'camera') !== null);
      expect(codes).to.deep.equal([code]);
      await house.close();
    }).timeout(120_000);
  }

  it('tells nonsense does no harm', async () => {
    const { house, one, ann, ben, move } = await meetToMove({ engine: 'one' });
    const codes = errorsOf(ann);
    const [call] = one.made;
    const session = ben.getSnapshot().you?.session ?? '';
    call?.host.onStatus('nobody', 'connected');
    call?.host.onTracks('nobody');
    call?.host.onPeerMedia('nobody', { microphone: true, camera: true, screen: true });
    call?.host.onStep('nobody', 'rebuild');
    call?.host.onStatus(session, 'none');
    expect(ann.getSnapshot().peers[0]?.link.status).to.equal('none');
    call?.host.onStatus(session, 'connected');
    const ended = makeVideoTrack();
    ended.stop();
    Object.assign(call ?? {}, { getTrack: () => ended });
    call?.host.onTracks(session);
    expect(ann.getSnapshot().peers[0]?.tracks, 'a track that is over is none').to.deep.equal({});
    expect(ann.getSnapshot().peers.map(({ name }) => name)).to.deep.equal(['Ben']);
    expect(codes).to.deep.equal([]);
    await move('mesh');
    await house.until(() => trackOf(ann, 'camera')?.readyState === 'live');
    await house.close();
  });

  it('throws whatever it is asked is reported once, and can be left', async () => {
    const broken: CreateCall = (host, options) =>
      new Proxy(new FakeNetwork().createCall(host, options), {
        get(call, name: keyof Call) {
          if (name === 'start') return () => Promise.resolve();
          if (typeof call[name] !== 'function') return call[name];
          return () => {
            throw new Error(`no ${name}`);
          };
        },
      });
    const { house, ann, move } = await meetToMove({ engines: { broken: module(broken) } });
    const codes = errorsOf(ann);
    await house.during(Promise.all([ann.moveCall('broken')]));
    await house.during(ann.media.setCamera(false));
    ann.show('nobody', 'camera', null);
    await ann.diagnostics();
    expect(codes).to.deep.equal(['engine-failed']);
    await move('mesh');
    await house.during(ann.media.setCamera(true));
    await house.connect();
    await house.close();
  }).timeout(120_000);
});
