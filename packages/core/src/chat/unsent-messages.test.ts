import { expect } from '@esm-bundle/chai';
import { LIMITS, type UnsentMessage } from '@rtc-elements/protocol';

import { FakeClock } from '../../../../tests/support/fake-clock.js';
import { createDeferred } from '../support/deferred.js';
import type { UnsentAuthor } from './left-messages.js';
import { UnsentMessages } from './unsent-messages.js';

const HERE = 'wss://edge.example/parties/room/kitchen';
const HALL = 'wss://edge.example/parties/room/hall';
const ANN = { user: 'u-ann', name: 'Ann' };
const DAY_MS = 86_400_000;

const clock = new FakeClock();
const message = (text: string): UnsentMessage => ({ id: `id-${text}`, text, at: clock.now() });
const loadLeft = () => import('./left-messages.js');
const open = (url = HERE) => new UnsentMessages(url, clock);

async function offered(to: UnsentMessages, author: UnsentAuthor = ANN): Promise<string[]> {
  const texts: string[] = [];
  await to.takeOver(author, async (messages) => {
    texts.push(...messages.map(({ text }) => text));
    return true;
  });
  return texts;
}

/** By a Room that has ended. */
async function leave(texts: readonly string[], author: UnsentAuthor = ANN): Promise<void> {
  const gone = open();
  gone.save(author, texts.map(message));
  await gone.release();
}

describe('messages that were not sent', () => {
  const keys = (): string[] => Object.keys(localStorage).filter((key) => key.includes(':unsent-'));
  beforeEach(() => keys().forEach((key) => localStorage.removeItem(key)));
  after(() => keys().forEach((key) => localStorage.removeItem(key)));

  it('are offered once to the next Room of the same person in the same room', async () => {
    await leave(['one', 'two']);
    expect(await offered(open(HALL))).to.deep.equal([]);
    expect(await offered(open(), { user: 'u-ben', name: 'Ann' })).to.deep.equal([]);
    expect(await offered(open())).to.deep.equal(['one', 'two']);
    expect(await offered(open())).to.deep.equal([]);
    expect(keys()).to.deep.equal([]);
  });

  it('stay with their Room while it exists', async () => {
    const present = open();
    present.save(ANN, [message('mine')]);
    const other = open();
    expect(await offered(other)).to.deep.equal([]);
    await other.release();
    await present.release();
    expect(await offered(open())).to.deep.equal(['mine']);
  });

  it('are offered as soon as their Room ends, as to a page that reloads before its lock is free', async () => {
    const present = open();
    present.save(ANN, [message('late')]);
    const [next, left] = [open(), open()];
    const late = createDeferred<string>();
    const take = async (messages: readonly UnsentMessage[]): Promise<boolean> => {
      late.resolve(messages.map(({ text }) => text).join());
      return true;
    };
    await next.takeOver(ANN, take);
    // Once more, as after a reconnect.
    await next.takeOver(ANN, take);
    await left.takeOver(ANN, () => Promise.reject(new Error('it was left')));
    await left.release();
    await present.release();
    expect(await late.promise).to.equal('late');
    expect(await offered(open())).to.deep.equal([]);
    await next.release();
  });

  it('are offered later if what takes them over could not be loaded', async () => {
    await leave(['patient']);
    let fails = true;
    const load = () => (fails ? Promise.reject(new Error('offline')) : loadLeft());
    const late = createDeferred<string>();
    const next = new UnsentMessages(HERE, clock, load);
    await next.takeOver(ANN, async ([first]) => {
      late.resolve(first?.text ?? '');
      return true;
    });
    expect(keys()).to.have.length(1);
    fails = false;
    clock.advance(5_000);
    expect(await late.promise).to.equal('patient');
    await next.release();
  });

  it('stay where they are if their Room was left while what takes them over was loaded', async () => {
    await leave(['still']);
    const loaded = createDeferred<Awaited<ReturnType<typeof loadLeft>>>();
    const next = new UnsentMessages(HERE, clock, () => loaded.promise);
    const taking = offered(next);
    await next.release();
    loaded.resolve(await loadLeft());
    expect(await taking).to.deep.equal([]);
    expect(await offered(open())).to.deep.equal(['still']);
  });

  it('load nothing where there are none', async () => {
    const load = () => Promise.reject(new Error('it was loaded'));
    expect(await offered(new UnsentMessages(HERE, new FakeClock(), load))).to.deep.equal([]);
  });

  it('from before the first welcome are offered to the same name', async () => {
    await leave(['early'], { user: '', name: 'Ann' });
    expect(await offered(open(), { user: 'u-ben', name: 'Ben' })).to.deep.equal([]);
    expect(await offered(open())).to.deep.equal(['early']);
  });

  it('are gone once they were sent or discarded', async () => {
    const room = open();
    room.save(ANN, [message('one')]);
    room.save(ANN, []);
    await room.release();
    expect(await offered(open())).to.deep.equal([]);
  });

  it('are forgotten after 24 hours, in every room', async () => {
    await leave(['old']);
    clock.advance(DAY_MS);
    expect(await offered(open(HALL))).to.deep.equal([]);
    expect(keys()).to.deep.equal([]);
  });

  it('are kept also by a device whose clock is behind that of the room', async () => {
    const gone = open();
    gone.save(ANN, [{ ...message('soon'), at: clock.now() + 600_000 }]);
    await gone.release();
    expect(await offered(open())).to.deep.equal(['soon']);
  });

  it('may be anything: what is no record is dropped', async () => {
    const record = (changes: object): string =>
      JSON.stringify({ url: HERE, ...ANN, messages: [message('good')], ...changes });
    const records = [
      '',
      '{',
      'null',
      '[]',
      record({ url: 1 }),
      record({ messages: 'all' }),
      record({ messages: [] }),
      record({ messages: [null] }),
      record({ messages: [{ ...message('x'), id: 'no id' }] }),
      record({ messages: [message('x'.repeat(LIMITS.textLength + 1))] }),
      record({ messages: [{ ...message('x'), replyTo: 'you' }] }),
      record({ messages: [{ ...message('x'), at: clock.now() + DAY_MS }] }),
      record({}),
    ];
    records.forEach((json, n) => localStorage.setItem(`rtc-elements:unsent-1:${n}`, json));
    expect(await offered(open())).to.deep.equal(['good']);
    expect(keys()).to.deep.equal([]);
  });

  it('are taken over before their record is removed', async () => {
    await leave(['careful']);
    const next = open();
    await next.takeOver(ANN, async (messages) => {
      expect(keys()).to.have.length(1);
      return next.save(ANN, messages);
    });
    expect(keys()).to.have.length(1);
    await next.release();
    expect(await offered(open())).to.deep.equal(['careful']);
  });

  it('stay where they are if they could not be taken over', async () => {
    await leave(['again']);
    await open().takeOver(ANN, async () => false);
    await open().takeOver(ANN, () => Promise.reject(new Error('no')));
    expect(await offered(open())).to.deep.equal(['again']);
  });

  it('says when the browser keeps nothing', () => {
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    try {
      expect(open().save(ANN, [message('lost')])).to.equal(false);
    } finally {
      Storage.prototype.setItem = setItem;
    }
  });
});
