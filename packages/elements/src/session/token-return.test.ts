// Joining again with a token that comes after the room has refused one, whatever it said of that one.
import '../define.js';

import { expect } from '@esm-bundle/chai';
import type { Room } from '@rtc-elements/core';
import { CLOSE } from '@rtc-elements/protocol';

import { ERROR_CODES } from '../../../core/src/state/error-codes.js';
import { frames } from '../../../../tests/support/chat-fixture.js';
import { House } from '../../../../tests/support/house/house.js';
import { createHouseRoom } from '../../../../tests/support/house/house-room.js';
import { settle } from '../../../../tests/support/show.js';
import { RtcChat } from '../chat/rtc-chat.js';
import { RtcRoom } from '../room/rtc-room.js';
import { engine } from './room-registry.js';

/** How the room says each: the close code, and the word that comes with it. */
const REFUSALS: Readonly<Record<string, readonly [code: number, word: string]>> = {
  auth: [CLOSE.auth, ''],
  'token-missing': [CLOSE.auth, 'token-missing'],
  'token-invalid': [CLOSE.auth, 'token-invalid'],
  'token-expired': [CLOSE.auth, 'token-expired'],
  'token-early': [CLOSE.auth, 'token-early'],
  'token-wrong-room': [CLOSE.forbidden, 'wrong-room'],
};

const { createRoom } = engine;
let places = 0;

afterEach(() => {
  engine.createRoom = createRoom;
  document.body.replaceChildren();
});

/** An element in the room, which then closes its connection with `code` and `word`. */
async function refuse(
  Class: typeof RtcRoom | typeof RtcChat,
  [code, word]: readonly [number, string],
) {
  const room = `token-${(places += 1)}`;
  const house = new House({ room });
  engine.createRoom = ({ name }): Room => createHouseRoom(house, { name }).room;
  const element = new Class();
  const own = { host: 'http://house.test', room, name: 'Me', lobby: 'off', autojoin: '' };
  for (const [name, value] of Object.entries(own)) element.setAttribute(name, value);
  document.body.append(element);
  await settle(element);
  const reach = async (connection: string): Promise<void> => {
    while (element.rtc.state?.connection !== connection) {
      await house.advance(100);
      await frames();
    }
  };
  await reach('connected');
  house.pairs.at(-1)?.close(code, `${word}: whatever`);
  await reach('closed');
  return { element, reach };
}

describe('a token that comes after a refusal', () => {
  it('is for every refusal of a token', () => {
    const codes = ERROR_CODES.filter((code) => code === 'auth' || code.startsWith('token-'));
    expect(Object.keys(REFUSALS).sort()).to.deep.equal([...codes].sort());
  });

  for (const Class of [RtcRoom, RtcChat]) {
    for (const [code, refusal] of Object.entries(REFUSALS)) {
      it(`joins ${Class.name} again: ${code}`, async () => {
        const { element, reach } = await refuse(Class, refusal);
        expect(element.rtc.state?.problem?.code).to.equal(code);
        element.token = 'another';
        await settle(element);
        await reach('connected');
      });
    }

    it(`does not bring ${Class.name} back that was banned`, async () => {
      const { element } = await refuse(Class, [CLOSE.banned, 'token-expired']);
      element.token = 'another';
      await settle(element);
      await frames();
      expect(element.rtc.state?.connection).to.equal('closed');
    });
  }
});
