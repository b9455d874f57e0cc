import { expect } from '@esm-bundle/chai';

import { FakeRoomContext } from '../../../../tests/support/fake-room-context.js';
import { WaitingRoom } from './waiting-room.js';

describe('WaitingRoom', () => {
  it('[MO-3] shows who is waiting, and announces each join request once', () => {
    const room = new FakeRoomContext();
    const waitingRoom = new WaitingRoom(room);
    const eve = { session: 'e', user: 'eve', name: 'Eve' };
    const dan = { session: 'd', user: 'dan', name: 'Dan' };
    waitingRoom.receive({ type: 'access', locked: true, waiting: [eve] });
    waitingRoom.receive({ type: 'access', locked: true, waiting: [eve, dan], banned: [] });
    expect(room.state.access).to.deep.equal({ locked: true, waiting: [eve, dan], banned: [] });
    expect(room.events.map((event) => event.type)).to.deep.equal(['knock', 'knock']);
    waitingRoom.receive({ type: 'access', locked: false });
    expect(room.state.access).to.deep.equal({ locked: false, waiting: [], banned: [] });
    waitingRoom.receive({ type: 'access', locked: true, waiting: [dan] });
    expect(room.events).to.have.length(3);
  });
});
