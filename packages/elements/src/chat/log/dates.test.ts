// Days and times go with the calendar and with the language of the page, without anything else that happens.
import { expect } from '@esm-bundle/chai';
import type { LitElement } from 'lit';

import {
  chatEntry,
  mountChat,
  setEntries,
  type ChatFixture,
} from '../../../../../tests/support/chat-fixture.js';
import { FakeClock } from '../../../../../tests/support/fake-clock.js';
import { settle } from '../../../../../tests/support/show.js';
import { dayClock } from '../../i18n/calendar.js';

const { time } = dayClock;
/** Late in the evening of 4 March, where the browser is. */
const EVENING = new Date(2026, 2, 4, 23, 50).getTime();
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const page = (globalThis as never)[Symbol.for('rtc-elements.languages')] as {
  readonly elements: Map<unknown, unknown>;
  readonly observer: unknown;
};

/** By the time of the test: the first time it was that of the browser. */
const renderAnew = async ({ chat, find }: ChatFixture, tag: string): Promise<void> => {
  (find(tag) as LitElement).requestUpdate();
  await settle(chat);
};

const daysOf = ({ findAll }: ChatFixture): readonly string[] =>
  findAll('[part=day]').map(({ textContent }) => textContent.trim());

/** A chat with a message of yesterday and one of today. */
const chatOfTwoDays = async (clock: FakeClock): Promise<ChatFixture> => {
  dayClock.time = clock;
  const fixture = await mountChat([
    chatEntry(1, { at: EVENING - 24 * HOUR_MS }),
    chatEntry(2, { at: EVENING - MINUTE_MS }),
  ]);
  fixture.chat.lang = 'en';
  // What watches the page comes a moment later, as a file of its own.
  await until(fixture, () => clock.pending === 1 && page.elements.size > 0);
  await renderAnew(fixture, 'rtc-chat-log');
  return fixture;
};

afterEach(() => {
  document.body.replaceChildren();
  document.documentElement.removeAttribute('lang');
  dayClock.time = time;
});

describe('the days of a chat', () => {
  it('turn at midnight', async () => {
    const clock = new FakeClock(EVENING);
    const fixture = await chatOfTwoDays(clock);
    expect(daysOf(fixture)).to.deep.equal(['Yesterday', 'Today']);
    clock.advance(10 * MINUTE_MS - 1);
    await settle(fixture.chat);
    expect(daysOf(fixture)).to.deep.equal(['Yesterday', 'Today']);
    clock.advance(1);
    await settle(fixture.chat);
    expect(daysOf(fixture)).to.deep.equal(['Tuesday, March 3', 'Yesterday']);
    clock.advance(24 * HOUR_MS);
    await settle(fixture.chat);
    expect(daysOf(fixture)).to.deep.equal(['Tuesday, March 3', 'Wednesday, March 4']);
  });

  it('turn in what a search has found', async () => {
    const clock = new FakeClock(EVENING);
    const fixture = await chatOfTwoDays(clock);
    fixture.room.chat.search = () =>
      Promise.resolve({ messages: [{ ...chatEntry(2, { at: EVENING }), seq: 2 }], more: false });
    fixture.find('.toggle')?.click();
    await settle(fixture.chat);
    (fixture.find('[type=search]') as HTMLInputElement).value = 'message';
    fixture.find('form[role=search] button')?.click();
    await until(fixture, () => fixture.find('.result time') !== null);
    await renderAnew(fixture, 'rtc-chat-search');
    expect(fixture.find('.result time')?.textContent).to.match(/^Today/);
    clock.advance(HOUR_MS);
    await settle(fixture.chat);
    expect(fixture.find('.result time')?.textContent).to.match(/^Yesterday/);
  });

  it('turn when somebody looks at the page after the computer has slept', async () => {
    let now = EVENING;
    const fixture = await chatOfTwoDays(new FakeClock(EVENING));
    // Timers stand still in a sleep, the clock does not.
    dayClock.time = { now: () => now, setTimer: () => () => undefined };
    now += 3 * HOUR_MS;
    document.dispatchEvent(new Event('visibilitychange'));
    await settle(fixture.chat);
    expect(daysOf(fixture)[1]).to.equal('Yesterday');
  });

  it('turn soon after the computer has slept, if nothing tells of it', async () => {
    let now = EVENING;
    const timers: { readonly ms: number; readonly task: () => void }[] = [];
    const fixture = await chatOfTwoDays(new FakeClock(EVENING));
    dayClock.time = {
      now: () => now,
      setTimer: (ms, task) => (timers.push({ ms, task }), () => undefined),
    };
    document.dispatchEvent(new Event('visibilitychange'));
    now += 8 * HOUR_MS;
    expect(timers.at(-1)?.ms).to.be.at.most(5 * MINUTE_MS);
    timers.at(-1)?.task();
    await settle(fixture.chat);
    expect(daysOf(fixture)[1]).to.equal('Yesterday');
  });

  it('have one timer, which no chat without messages needs', async () => {
    const clock = new FakeClock(EVENING);
    const first = await chatOfTwoDays(clock);
    const second = await chatOfTwoDays(clock);
    expect(clock.pending).to.equal(1);
    first.chat.remove();
    expect(clock.pending).to.equal(1);
    setEntries(second.room, []);
    await settle(second.chat);
    expect(clock.pending).to.equal(0);
    setEntries(second.room, [chatEntry(1)]);
    await settle(second.chat);
    expect(clock.pending).to.equal(1);
    second.chat.remove();
    expect(clock.pending).to.equal(0);
  });
});

describe('lang', () => {
  const words = (fixture: ChatFixture): string => daysOf(fixture).join();

  for (const [where, choose] of [
    ['the element', ({ chat }: ChatFixture) => chat],
    ['an ancestor', ({ chat }: ChatFixture) => chat.parentElement as HTMLElement],
    ['the page', () => document.documentElement],
  ] as const) {
    it(`of ${where} counts as soon as it changes`, async () => {
      const fixture = await chatOfTwoDays(new FakeClock(EVENING));
      fixture.chat.lang = '';
      const main = document.createElement('main');
      document.body.append(main);
      main.append(fixture.chat);
      await settle(fixture.chat);
      const target = choose(fixture);
      target.lang = 'de';
      await changes(fixture, 'Gestern,Heute');
      target.lang = 'fr';
      await changes(fixture, 'Hier,Aujourd’hui');
      expect(words(fixture)).to.equal('Hier,Aujourd’hui');
    });
  }

  it("counts in a shadow root of the page's own, and where the element is moved to", async () => {
    const fixture = await chatOfTwoDays(new FakeClock(EVENING));
    fixture.chat.lang = '';
    const widget = document.createElement('div');
    const root = widget.attachShadow({ mode: 'closed' });
    const inner = document.createElement('section');
    root.append(inner);
    document.body.append(widget);
    inner.lang = 'de';
    inner.append(fixture.chat);
    await changes(fixture, 'Gestern,Heute');
    inner.lang = 'fr';
    await changes(fixture, 'Hier,Aujourd’hui');
    inner.lang = '';
    widget.lang = 'es';
    await changes(fixture, 'Ayer,Hoy');
    expect(words(fixture)).to.equal('Ayer,Hoy');
  });

  it('is watched by one observer, while somebody needs it', async () => {
    const first = await chatOfTwoDays(new FakeClock(EVENING));
    const { observer } = page;
    expect(observer).to.be.instanceOf(MutationObserver);
    const second = await chatOfTwoDays(new FakeClock(EVENING));
    expect(page.observer).to.equal(observer);
    first.chat.remove();
    second.chat.lang = 'de';
    await changes(second, 'Gestern,Heute');
    second.chat.remove();
    expect([page.observer, page.elements.size]).to.deep.equal([null, 0]);
  });
});

/** Observers tell in a microtask, and the element renders in the next: no frame passes. */
async function changes(fixture: ChatFixture, words: string): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  await settle(fixture.chat);
  expect(daysOf(fixture).join()).to.equal(words);
}

async function until({ chat }: { readonly chat: Element }, test: () => boolean): Promise<void> {
  while (!test()) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await settle(chat);
  }
}
