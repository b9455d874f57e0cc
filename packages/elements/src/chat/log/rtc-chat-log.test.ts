// <rtc-chat-log>: what is rendered, what stays in place, what is announced.
import { expect } from '@esm-bundle/chai';
import { ChatMessageEvent } from '@rtc-elements/core';

import {
  chatEntries,
  chatEntry,
  frames,
  mountChat,
  pendingEntry,
  setEntries,
} from '../../../../../tests/support/chat-fixture.js';
import { fakeYou } from '../../../../../tests/support/fake-room.js';
import { until } from '../../../../../tests/support/show.js';
import type { RtcChatLog } from './rtc-chat-log.js';

/** Texts that have broken chats. All of them must be rendered as text. */
const HOSTILE: readonly string[] = [
  '<script>window.broken = 1</script>',
  '<img src=x onerror="window.broken = 1">',
  '<svg/onload=window.broken=1>',
  '"><iframe srcdoc="<script>parent.broken=1</script>">',
  '${window.broken = 1}',
  '{{constructor.constructor("window.broken = 1")()}}',
  'javascript:window.broken=1',
  '[x](javascript:window.broken=1)',
  'https://a.example/"onmouseover="window.broken=1',
  "https://a.example/'><script>window.broken=1</script>",
  'data:text/html;base64,PHNjcmlwdD53aW5kb3cuYnJva2VuPTE8L3NjcmlwdD4=',
  '&lt;b&gt; &amp; &#60;b&#62;',
  '<!-- lit-part --><?lit$0$?>',
  '\u202etxt.exe\u202c \u2066x',
  'a'.repeat(4_000),
  '👨‍👩‍👧‍👦 ส้้้้้้้้้้้',
];

describe('rtc-chat-log', () => {
  afterEach(() => document.body.replaceChildren());

  it('renders hostile texts and names as text', async () => {
    const entries = HOSTILE.map((text, index) =>
      chatEntry(index + 1, { text, name: text.slice(0, 64), user: `user-${index}` }),
    );
    const { findAll } = await mountChat(entries);
    expect(findAll('.text').map((element) => element.textContent)).to.deep.equal(HOSTILE);
    expect(findAll('.name').map((element) => element.textContent)).to.deep.equal(
      HOSTILE.map((text) => text.slice(0, 64)),
    );
    await until(() => findAll('.list a').length === 2);
    expect(findAll('.text').map((element) => element.textContent)).to.deep.equal(HOSTILE);
    expect(findAll('.list :is(script, img, svg, iframe, b)').length).to.equal(0);
    for (const link of findAll('.list a') as HTMLAnchorElement[]) {
      expect(link.protocol).to.equal('https:');
      expect(link.getAttributeNames()).not.to.contain('onmouseover');
    }
    expect((window as { broken?: unknown }).broken).to.equal(undefined);
  });

  it('opens links in a new tab, without opener or referrer', async () => {
    const { find } = await mountChat([chatEntry(1, { text: 'see https://a.example/x.' })]);
    await until(() => find('.text a') !== null);
    const link = find('.text a') as HTMLAnchorElement | null;
    expect(link?.href).to.equal('https://a.example/x');
    expect(link?.target).to.equal('_blank');
    expect(link?.rel).to.equal('noopener noreferrer nofollow ugc');
  });

  it('updates a message in place from pending to sent', async () => {
    const pending = pendingEntry('mine', 'hello');
    const { room, find, findAll, rendered } = await mountChat([chatEntry(1), pending]);
    const row = find('[part~=pending]');
    expect(row?.textContent).to.contain('hello');
    setEntries(room, [chatEntry(1), { ...pending, seq: 2, status: 'sent' }]);
    await rendered();
    expect(findAll('.item').length).to.equal(2);
    expect(find('[part~=pending]')).to.equal(null);
    expect(findAll('.row').at(-1)).to.equal(row);
  });

  it('says why a message failed, and retries or discards it', async () => {
    const problem = { code: 'flooded', message: 'Slower.', retryable: true } as const;
    const failed = { ...pendingEntry('mine', 'hello'), status: 'failed' as const, problem };
    const { room, find, findAll } = await mountChat([failed]);
    expect(find('[part=problem]')?.textContent).to.contain('Slower.');
    for (const button of findAll('[part=problem] button')) button.click();
    await until(() => room.calls.includes('discard("mine")'));
    expect(room.calls).to.contain('retry("mine")');
  });

  it('stays at its end as messages arrive', async () => {
    const { room, find, findAll, rendered } = await mountChat(chatEntries(1, 40));
    const scroller = find('.scroller') as HTMLElement;
    expect(scroller.scrollHeight).to.be.above(scroller.clientHeight);
    setEntries(room, chatEntries(1, 45));
    await rendered();
    const end = findAll('.item').at(-1)?.getBoundingClientRect().bottom ?? 0;
    expect(end).to.be.within(
      scroller.getBoundingClientRect().bottom - 40,
      scroller.getBoundingClientRect().bottom,
    );
  });

  it('folds a text that is too tall, and shows it in full when asked', async () => {
    const tall = `start${'\n'.repeat(1_500)}https://a.example/end`;
    const { find, rendered } = await mountChat([
      chatEntry(1, { text: tall }),
      chatEntry(2, { text: 'word '.repeat(20) }),
    ]);
    await until(() => find('[data-seq="1"] [data-cut]') !== null);
    const row = find('[data-seq="1"]') as HTMLElement;
    const button = find('[data-seq="1"] .unfold') as HTMLElement;
    expect(row.clientHeight).to.be.below(560);
    expect(find('[data-seq="2"] .unfold')?.offsetHeight, 'of a text that fits').to.equal(0);
    expect(button.textContent.trim()).to.equal('Show more');
    expect(button.getAttribute('aria-expanded')).to.equal('false');
    const { top } = row.getBoundingClientRect();
    button.focus({ preventScroll: true });
    button.click();
    await rendered();
    await frames();
    expect(row.clientHeight).to.be.above(20_000);
    expect(row.getBoundingClientRect().top).to.be.within(top - 2, top + 2);
    expect(button.textContent.trim()).to.equal('Show less');
    expect(row.contains((row.getRootNode() as ShadowRoot).activeElement)).to.equal(true);
    button.click();
    await rendered();
    await frames();
    expect(row.clientHeight).to.be.below(560);
    const log = (find('.scroller') as HTMLElement).getBoundingClientRect();
    expect(row.getBoundingClientRect().top).to.be.within(log.top - 2, log.bottom);
  });

  it('unfolds a text whose hidden link gets the focus, and one that is gone to', async () => {
    const tall = `start${'\n'.repeat(100)}https://a.example/end`;
    const { find } = await mountChat([chatEntry(1, { text: tall }), chatEntry(2, { text: tall })]);
    await until(() => find('[data-seq="2"] [data-cut] a') !== null);
    find('[data-seq="2"] a')?.focus();
    await until(() => find('[data-seq="2"] .fold') === null);
    expect(find('[data-seq="1"] .fold')).not.to.equal(null);
    const log = find('rtc-chat-log') as RtcChatLog;
    expect(await log.reveal(1)).to.equal(true);
    await until(() => find('[data-seq="1"] .fold') === null);
  });

  it('keeps what is being read in place when older or new messages arrive', async () => {
    const { room, find, findAll, rendered } = await mountChat(chatEntries(51, 100));
    await scrollUp(find('.scroller'));
    await until(() => find('.jump')?.hidden === false);
    const middle = findAll('.item')[25] as HTMLElement;
    const place = (): number => Math.round(middle.getBoundingClientRect().top);
    middle.scrollIntoView({ block: 'center' });
    await frames();
    const before = place();
    setEntries(room, chatEntries(1, 100));
    await rendered();
    await frames();
    expect(findAll('.item').length).to.equal(100);
    expect(place()).to.be.within(before - 1, before + 1);
    setEntries(room, chatEntries(1, 104));
    await rendered();
    await frames();
    expect(place()).to.be.within(before - 1, before + 1);
  });

  it('requests older messages when its start comes close, one page at a time', async () => {
    const { room, find } = await mountChat();
    setEntries(room, chatEntries(51, 100), true);
    const scroller = find('.scroller') as HTMLElement;
    await frames();
    expect(room.calls.filter((call) => call.startsWith('history'))).to.deep.equal([]);
    scroller.scrollTop = -scroller.scrollHeight;
    await until(() => room.calls.includes('history({})'));
    setEntries(room, chatEntries(1, 100), false);
    await frames();
    expect(room.calls.filter((call) => call.startsWith('history')).length).to.equal(1);
  });

  it('offers a button to new messages when it is scrolled up', async () => {
    const { room, find, rendered } = await mountChat(chatEntries(1, 60));
    const scroller = find('.scroller') as HTMLElement;
    const jump = find('.jump') as HTMLElement;
    expect(jump.hidden).to.equal(true);
    await scrollUp(scroller);
    await until(() => jump.hidden === false);
    setEntries(room, chatEntries(1, 61));
    await rendered();
    expect(jump.textContent).to.contain('New messages');
    jump.click();
    await until(() => jump.hidden === true);
    expect(scroller.scrollTop).to.equal(0);
  });

  it('scrolls to its end when the local user writes', async () => {
    const { room, find, rendered } = await mountChat(chatEntries(1, 60));
    const scroller = find('.scroller') as HTMLElement;
    await scrollUp(scroller);
    await until(() => find('.jump')?.hidden === false);
    setEntries(room, [...chatEntries(1, 60), pendingEntry('mine', 'hello')]);
    await rendered();
    expect(scroller.scrollTop).to.equal(0);
  });

  it('announces new messages of others, not history and not own messages', async () => {
    const { room, find, rendered } = await mountChat(chatEntries(1, 3));
    const live = find('[aria-live=polite]') as HTMLElement;
    expect(find('[role=log]')?.getAttribute('aria-live')).to.equal('off');
    expect(live.textContent?.trim()).to.equal('');
    room.dispatchEvent(new ChatMessageEvent(chatEntry(4, { text: 'hello' })));
    room.dispatchEvent(new ChatMessageEvent(chatEntry(5, { user: fakeYou().user })));
    await rendered();
    expect(live.textContent?.trim()).to.equal('Ada: hello');
  });

  it('renders a thousand messages, and adding one touches no other', async () => {
    const thousand = chatEntries(1, 1_000);
    const { room, findAll, rendered } = await mountChat(thousand);
    expect(findAll('.item').length).to.equal(1_000);
    const rows = findAll('.row');
    const touched = new Set<Element | null>();
    const note = (records: readonly MutationRecord[]): void => {
      for (const { target } of records) {
        const element = target instanceof Element ? target : target.parentElement;
        touched.add(element?.closest('.row') ?? null);
      }
    };
    const observer = new MutationObserver(note);
    const everything = { attributes: true, characterData: true, childList: true, subtree: true };
    const [list] = findAll('[role=log]');
    if (list) observer.observe(list, everything);
    setEntries(room, [...thousand, chatEntry(1_001)]);
    await rendered();
    note(observer.takeRecords());
    observer.disconnect();
    const after = findAll('.row');
    expect(after.length).to.equal(1_001);
    expect(after.every((row, index) => index === 1_000 || row === rows[index])).to.equal(true);
    // The list gets an addition; no existing row is touched.
    expect([...touched]).to.deep.equal([null]);
  });
});

/** Scrolls as a person does, which is after the log has been rendered. */
async function scrollUp(scroller: HTMLElement | null): Promise<void> {
  await frames();
  if (scroller) scroller.scrollTop = -600;
}
