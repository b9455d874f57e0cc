import { expect } from '@esm-bundle/chai';

import { QualityEvent } from '../api/room-events.js';
import { NO_LINK } from '../state/initial-state.js';
import type { Link } from '../state/room-state.js';
import { FakeRoomContext } from '../../../../tests/support/fake-room-context.js';
import { entry } from '../../../../tests/support/link-pair.js';

describe('the quality of a link', () => {
  it('is told when it gets worse, better, or goes, with what it suffers from', () => {
    const room = new FakeRoomContext();
    room.welcome(entry('me', 2), [entry('ben', 1)]);
    const show = (over: Partial<Link>): void =>
      room.dispatch({
        type: 'link',
        session: 'ben',
        link: { ...NO_LINK, status: 'connected', ...over },
      });
    show({});
    show({ quality: 'good' });
    show({ quality: 'poor', reason: 'network' });
    show({ quality: 'poor', reason: 'network', path: 'direct' });
    show({ quality: 'poor', reason: 'far-end' });
    show({ status: 'none' });
    const told = room.events.flatMap((event) =>
      event instanceof QualityEvent
        ? [[event.peer.name, event.quality, event.reason, event.before]]
        : [],
    );
    expect(told).to.deep.equal([
      ['ben', 'good', null, null],
      ['ben', 'poor', 'network', 'good'],
      ['ben', 'poor', 'far-end', 'poor'],
      ['ben', null, null, 'poor'],
    ]);
  });
});
