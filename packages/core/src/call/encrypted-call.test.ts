import { expect } from '@esm-bundle/chai';

import { FakeNetwork } from '../../../../tests/support/fake-call.js';
import { outcome } from '../../../../tests/support/fake-room-context.js';
import { CallHouse, fakeMedia } from '../../../../tests/support/house/call-house.js';
import type { EncryptionKeys } from '../api/room-api.js';
import type { RoomOptions } from '../api/options.js';
import type { RoomClient } from '../room/room.js';
import { createDeferred } from '../support/deferred.js';

async function makeKeys(more: Partial<EncryptionKeys> = {}): Promise<EncryptionKeys> {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 128 }, false, [
    'encrypt',
    'decrypt',
  ]);
  return { keys: new Map([[0, key]]), sendWith: 0, ...more };
}

/** Ann and Ben in a call by `engine`, with a second engine at hand, once each has set its keys. */
async function meet(
  engine: 'one' | 'mesh',
  keys: readonly [EncryptionKeys | null, EncryptionKeys | null],
) {
  const house = new CallHouse();
  const [one, two] = [new FakeNetwork(), new FakeNetwork()];
  const options: Partial<RoomOptions> = {
    engine,
    engines: { one: one.load, two: two.load },
    ports: { media: fakeMedia('A camera') },
  };
  const join = (name: string, key: EncryptionKeys | null): Promise<RoomClient> =>
    house.join(name, options, (room) => key && void room.setEncryption(key).catch(() => undefined));
  const ann = await join('Ann', keys[0]);
  const ben = await join('Ben', keys[1]);
  await house.connect();
  return { house, one, two, ann, ben };
}

/** The number of pictures that `room` has decoded of its only peer, in the present connection. */
async function decoded(room: RoomClient): Promise<number> {
  const { transports } = await room.diagnostics();
  const received = transports.flatMap(({ receives }) => receives);
  return Math.max(0, ...received.map(({ framesDecoded }) => Number(framesDecoded ?? 0)));
}

const camera = (room: RoomClient): MediaStreamTrack | null => {
  const [peer] = room.getSnapshot().peers;
  return peer ? room.getTrack(peer.session, 'camera') : null;
};

const errorsOf = (room: RoomClient): string[] => {
  const codes: string[] = [];
  room.addEventListener('error', ({ error }) => codes.push(error.code));
  return codes;
};

describe('a call that is encrypted', () => {
  it('is so from its first frame if the keys come before it', async () => {
    const keys = await makeKeys();
    const { house, one, ann, ben } = await meet('one', [keys, keys]);
    await house.until(() => camera(ann) !== null && camera(ben) !== null);
    for (const { calls } of one.made) expect(calls[0]).to.equal('encrypt');
    await house.close();
  });

  it('sends nothing while an engine that cannot encrypt is to', async () => {
    const keys = await makeKeys();
    const { house, one, ann, ben } = await meet('one', [null, null]);
    await house.until(() => camera(ben) !== null);
    one.encrypts = false;
    const refused = await house.during(outcome(ann.setEncryption(keys)));
    expect(refused).to.equal('unsupported');
    await house.until(() => camera(ben) === null);
    await house.during(outcome(ann.media.setCamera(false)));
    await house.during(outcome(ann.media.setCamera(true)));
    expect(one.made[0]?.published.camera ?? null, 'nor after a switch').to.equal(null);
    await house.during(ann.setEncryption(null));
    await house.until(() => camera(ben) !== null);
    await house.close();
  });

  it('stays encrypted where it moves to', async () => {
    const keys = await makeKeys();
    const { house, two, ann, ben } = await meet('one', [keys, keys]);
    await house.during(Promise.all([ann.moveCall('two'), ben.moveCall('two')]));
    for (const { calls } of two.made) expect(calls[0]).to.equal('encrypt');
    await house.until(() => camera(ann) !== null);
    await house.close();
  });

  it('does not move where it cannot be encrypted', async () => {
    const keys = await makeKeys();
    const { house, two, ann, ben } = await meet('one', [keys, keys]);
    two.encrypts = false;
    expect(await house.during(outcome(ann.moveCall('two')))).to.equal('unsupported');
    expect(two.made[0]?.published.camera ?? null).to.equal(null);
    await house.until(() => camera(ben) !== null);
    await house.close();
  });

  it('gives up a move when it is to be encrypted in the middle and the new engine cannot', async () => {
    const { house, two, ann, ben } = await meet('one', [null, null]);
    two.encrypts = false;
    const open = createDeferred<undefined>();
    two.open = () => open.promise.then(() => undefined);
    const moved = outcome(ann.moveCall('two'));
    await house.until(() => two.made.length > 0);
    const keys = await makeKeys();
    await house.during(Promise.all([ann.setEncryption(keys), ben.setEncryption(keys)]));
    expect(await house.during(moved)).to.equal('unsupported');
    expect(two.made[0]?.published.camera ?? null).to.equal(null);
    await house.until(() => camera(ben) !== null);
    await house.close();
  });

  it('keeps its keys for the next time it is entered', async () => {
    const keys = await makeKeys();
    const { house, one, ann } = await meet('one', [keys, keys]);
    await house.during(ann.leaveCall());
    await house.during(ann.enterCall());
    expect(one.made).to.have.length(3);
    expect(one.made[2]?.calls[0]).to.equal('encrypt');
    await house.close();
  });

  it('reports keys that cannot be used, and sends nothing with them', async () => {
    const house = new CallHouse();
    const network = new FakeNetwork();
    const options = { engine: 'one', engines: { one: network.load } };
    let codes: string[] = [];
    const bad = await makeKeys({ sendWith: 7 });
    const ann = await house.join('Ann', options, (room) => {
      codes = errorsOf(room);
      room.setEncryption(bad).catch(() => undefined);
    });
    await house.until(() => codes.length > 0);
    expect(codes).to.deep.equal(['encryption-failed']);
    expect(network.made[0]?.published.camera ?? null).to.equal(null);
    await house.during(ann.setEncryption(await makeKeys()));
    expect(network.made[0]?.published.camera ?? null).not.to.equal(null);
    await house.close();
  });

  it('by the mesh shows pictures with the key and none without, turned on and off in the middle', async () => {
    const [keys, others] = [await makeKeys(), await makeKeys()];
    const { house, ann, ben } = await meet('mesh', [null, null]);
    await house.until(() => camera(ann) !== null && camera(ben) !== null);
    const seen = async (room: RoomClient): Promise<void> => {
      const first = await house.during(decoded(room));
      let frames = first;
      const look = async (): Promise<void> => {
        frames = await decoded(room);
      };
      await house.until(() => {
        void look();
        return frames > first + 3;
      });
    };
    await seen(ann);
    await house.during(Promise.all([ann.setEncryption(keys), ben.setEncryption(keys)]));
    await house.connect();
    await house.until(() => camera(ann) !== null && camera(ben) !== null);
    await Promise.all([seen(ann), seen(ben)]);
    const codes = errorsOf(ben);
    await house.during(ann.setEncryption(others));
    await house.until(() => codes.includes('encryption-failed'));
    await house.during(Promise.all([ann.setEncryption(null), ben.setEncryption(null)]));
    await house.connect();
    await house.until(() => camera(ben) !== null);
    await seen(ben);
    await house.close();
  });
});
