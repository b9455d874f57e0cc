// Data paths with messages in flight while the call moves.
import { expect } from '@esm-bundle/chai';

import { DIRECTIONS, holdOpening } from '../../../../tests/support/house/held-move.js';
import { meetToMove, sessionOf } from '../../../../tests/support/house/moving-call.js';

describe('a data path that is in use', () => {
  for (const [from, to] of DIRECTIONS) {
    it(`goes along from ${from} to ${to}, in order, and loses nothing once it is open again`, async () => {
      const call = await meetToMove({ engine: from });
      const { house, ann, ben } = call;
      const heard: number[] = [];
      const [resets, opens] = [[0], [0]];
      house.callOf(ben).data.open(sessionOf(ann), 'actions', {
        onMessage: (data) => heard.push(Number(data)),
      });
      const path = house.callOf(ann).data.open(sessionOf(ben), 'actions', {
        onMessage: () => undefined,
        onReset: () => resets.push(heard.length),
        onOpen: () => opens.push(sent),
      });
      let sent = 0;
      const send = (): void => {
        if (path.send(String(sent + 1))) sent += 1;
      };
      await house.until(() => (send(), heard.length > 5));
      const { hasBegun, open } = holdOpening(call, to);
      const moves = Promise.all([ann, ben].map((room) => room.moveCall(to)));
      const timer = setInterval(send, 1);
      await house.until(hasBegun);
      const before = heard.length;
      await house.until(() => heard.length > before + 5);
      open();
      await house.during(moves);
      const inNew = sent;
      await house.until(() => sent > inNew + 20);
      clearInterval(timer);
      await house.until(() => heard.at(-1) === sent);
      expect(resets.length, 'the reset is told once').to.equal(2);
      expect(heard, 'in order, and once').to.deep.equal([...new Set(heard)].sort((a, b) => a - b));
      const missing = Array.from({ length: sent }, (_, index) => index + 1).filter(
        (number) => !heard.includes(number),
      );
      const lastOpen = opens.at(-1) ?? 0;
      expect(
        missing.filter((number) => number > lastOpen),
        'nothing is lost in the new call once its path is open at both ends',
      ).to.deep.equal([]);
      await house.close();
    });
  }
});
