import '../define.js';

import { expect } from '@esm-bundle/chai';
import { RtcError, type Transfer } from '@rtc-elements/core';

import { expectAccessible } from '../../../../tests/support/axe.js';
import { carrying, dragEvent, pasteEvent } from '../../../../tests/support/drag-and-paste.js';
import { fakeTransfer } from '../../../../tests/support/fake-files.js';
import { fakePeer, FakeRoom } from '../../../../tests/support/fake-room.js';
import { find, settle, showRoom, until } from '../../../../tests/support/show.js';
import type { RtcRequestEvent } from '../events.js';
import type { RtcFiles } from './rtc-files.js';

const ada = fakePeer('Ada');
const ben = fakePeer('Ben');
const gone = { code: 'sender-gone', message: 'Ada has gone.', retryable: true } as const;

/** A transfer in every state. */
const EVERY: readonly Transfer[] = [
  fakeTransfer({ id: 'offered' }),
  fakeTransfer({ id: 'awaits', direction: 'send' }),
  fakeTransfer({ id: 'running', status: 'running', bytes: 500, speed: 1_000, secondsLeft: 90 }),
  fakeTransfer({ id: 'paused', status: 'paused', pausedBy: 'us', bytes: 5 }),
  fakeTransfer({ id: 'checking', status: 'checking', kind: 'folder', count: 12 }),
  fakeTransfer({ id: 'gone', status: 'interrupted', problem: gone }),
  fakeTransfer({ id: 'done', status: 'done', isTakeable: true, type: 'image/png' }),
  fakeTransfer({ id: 'cancelled', status: 'cancelled' }),
];

async function setup({
  peers = [ada],
  transfers = [],
  over = {},
}: {
  readonly peers?: readonly (typeof ada)[];
  readonly transfers?: readonly Transfer[];
  readonly over?: Partial<RtcFiles>;
} = {}) {
  const room = new FakeRoom({ peers });
  room.files.set(transfers);
  const files = document.createElement('rtc-files');
  Object.assign(files, over);
  const element = await showRoom(room, files);
  const row = (id: string): HTMLElement => find(files, `[data-transfer="${id}"]`);
  const press = async (id: string, button: string): Promise<void> => {
    row(id).querySelector<HTMLElement>(`[data-does="${button}"]`)?.click();
    await settle(files);
  };
  /** Pictures are read whenever they are shown. */
  const calls = (): readonly string[] =>
    room.files.calls.filter((call) => !call.startsWith('preview'));
  return { room, files, element, row, press, calls };
}

const textOf = (element: Node | null): string =>
  (element?.textContent ?? '').replace(/[\s\u00A0\u202F]+/g, ' ').trim();

const aFile = (name = 'plan.pdf', type = 'application/pdf'): File =>
  new File(['one'], name, { type });

describe('rtc-files', () => {
  it('is accessible, empty and with a transfer in every state', async () => {
    const { files, room } = await setup({ peers: [ada, ben] });
    await expectAccessible(files);
    room.files.set(EVERY);
    await settle(files);
    await expectAccessible(files);
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`is accessible in a ${theme} page, while an offer is declined`, async () => {
      const { files, element, press } = await setup({ transfers: EVERY });
      element.theme = theme;
      files.style.colorScheme = theme;
      await press('offered', 'decline');
      await expectAccessible(files);
    });
  }

  it('sends what is dropped on it', async () => {
    const { room, files } = await setup();
    const over = dragEvent('dragover', carrying([aFile()]));
    files.dispatchEvent(over);
    await settle(files);
    expect(over.defaultPrevented).to.equal(true);
    expect(find(files, '[part=zone]').classList.contains('over')).to.equal(true);
    const drop = dragEvent('drop', carrying([aFile(), aFile('photo.png')]));
    files.dispatchEvent(drop);
    await until(() => room.files.calls.length > 0);
    expect(drop.defaultPrevented).to.equal(true);
    expect(room.files.calls).to.deep.equal(['offer(["plan.pdf","photo.png"], ["session-ada"])']);
    await settle(files);
    expect(find(files, '[part=zone]').classList.contains('over')).to.equal(false);
    expect(textOf(find(files, '[part~=file-status]'))).to.equal('Waiting until Ada accepts');
  });

  it('leaves alone what is no file, and files while nobody is there', async () => {
    const { files, room } = await setup();
    const text = carrying([], 'words');
    const over = dragEvent('dragover', text);
    files.dispatchEvent(over);
    expect(over.defaultPrevented).to.equal(false);
    room.set({ peers: [] });
    await settle(files);
    const drop = dragEvent('drop', carrying([aFile()]));
    files.dispatchEvent(drop);
    expect(drop.defaultPrevented).to.equal(false);
    expect(textOf(files.shadowRoot)).to.contain('Nobody else is here yet.');
    find(files, '[part=pick]').click();
    expect(room.files.calls).to.deep.equal([]);
  });

  it('sends what is pasted into the page, but not what is pasted into a field', async () => {
    const { room, files } = await setup();
    const field = document.createElement('input');
    document.body.append(field);
    const paste = (target: Element): ClipboardEvent => {
      const event = pasteEvent(carrying([aFile('clip.png')]));
      target.dispatchEvent(event);
      return event;
    };
    expect(paste(field).defaultPrevented).to.equal(false);
    field.remove();
    expect(paste(document.body).defaultPrevented).to.equal(true);
    await until(() => room.files.calls.length > 0);
    expect(room.files.calls).to.deep.equal(['offer(["clip.png"], ["session-ada"])']);
    files.remove();
    expect(paste(document.body).defaultPrevented).to.equal(false);
  });

  it('lets a person choose who gets it, by their names', async () => {
    const { room, files } = await setup({ peers: [ada, ben] });
    const select = find(files, 'select');
    expect([...select.options].map(({ text }) => text.trim())).to.deep.equal([
      'Everybody',
      'Ada',
      'Ben',
    ]);
    await files.sendFiles(aFile());
    select.value = 'session-ben';
    select.dispatchEvent(new Event('change'));
    await files.sendFiles(aFile());
    room.set({ peers: [ada] });
    await settle(files);
    await files.sendFiles(aFile());
    files.to = 'session-x session-y';
    await files.sendFiles(aFile());
    expect(room.files.calls).to.deep.equal([
      'offer(["plan.pdf"], ["session-ada","session-ben"])',
      'offer(["plan.pdf"], ["session-ben"])',
      'offer(["plan.pdf"], ["session-ada"])',
      'offer(["plan.pdf"], ["session-x","session-y"])',
    ]);
  });

  it('sends only what the page allows, and says why not', async () => {
    const { room, files } = await setup({ over: { accept: 'image/*', maxSize: 2 } });
    files.dispatchEvent(dragEvent('drop', carrying([aFile()])));
    await until(() => !find(files, '[part=problem]').hidden);
    expect(textOf(find(files, '[part=problem]'))).to.equal('plan.pdf is larger than 2 byte.');
    files.maxSize = null;
    files.dispatchEvent(dragEvent('drop', carrying([aFile()])));
    await until(() => textOf(find(files, '[part=problem]')).includes('kind'));
    expect(room.files.calls).to.deep.equal([]);
    await expectAccessible(files);
  });

  it('says why nothing was sent', async () => {
    const { room, files } = await setup();
    room.files.failure = new RtcError('unsupported', 'Nobody here takes files.');
    files.dispatchEvent(dragEvent('drop', carrying([aFile()])));
    await until(() => !find(files, '[part=problem]').hidden);
    expect(textOf(find(files, '[part=problem]'))).to.equal('Not sent. Nobody here takes files.');
    expect(find(files, '[part=problem]').getAttribute('role')).to.equal('alert');
  });

  it('shows the progress as a bar of the browser, with words', async () => {
    const running = fakeTransfer({
      id: 'r',
      status: 'running',
      size: 2_000_000,
      bytes: 500_000,
      speed: 100_000,
      secondsLeft: 15,
    });
    const { files, row } = await setup({ transfers: [running] });
    const bar = row('r').querySelector('progress');
    expect([bar?.max, bar?.value, bar?.ariaLabel]).to.deep.equal([1, 0.25, 'plan.pdf']);
    expect(textOf(row('r'))).to.contain('500 kB of 2 MB · 100 kB/s · 15 sec left');
    files.lang = 'de';
    await until(() => textOf(row('r')).includes('kB/s') && textOf(row('r')).includes('15 Sek.'));
  });

  it('does what its buttons say, each named with the file', async () => {
    const { calls, row, press } = await setup({ transfers: EVERY });
    const accept = row('offered').querySelector('[data-does=accept]');
    expect(accept?.getAttribute('aria-label')).to.equal('Accept: plan.pdf');
    await press('offered', 'accept');
    await press('awaits', 'cancel');
    await press('running', 'pause');
    await press('paused', 'resume');
    await press('gone', 'discard');
    await press('cancelled', 'remove');
    expect(calls()).to.deep.equal([
      'accept("offered")',
      'cancel("awaits")',
      'pause("running")',
      'resume("paused")',
      'discard("gone")',
      'discard("cancelled")',
    ]);
  });

  it('asks why an offer is declined, and goes back with Escape', async () => {
    const { calls, files, row, press } = await setup({ transfers: EVERY });
    await press('offered', 'decline');
    const field = row('offered').querySelector('input');
    expect(files.shadowRoot?.activeElement).to.equal(field);
    field?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await settle(files);
    expect((files.shadowRoot?.activeElement as HTMLElement).dataset['does']).to.equal('decline');
    await press('offered', 'decline');
    const again = row('offered').querySelector('input');
    if (again) again.value = ' Too large for my phone ';
    row('offered').querySelector('form')?.requestSubmit();
    await settle(files);
    expect(calls()).to.deep.equal(['decline("offered", "Too large for my phone")']);
    expect(textOf(row('offered'))).to.contain('Declined');
  });

  it('says why a button did nothing, in words', async () => {
    const { room, row, press } = await setup({ transfers: EVERY });
    room.files.failure = new RtcError('no-space', 'There is no space for it.');
    await press('offered', 'accept');
    await until(() => textOf(row('offered')).includes('That did not work.'));
    expect(textOf(row('offered'))).to.contain('That did not work. There is no space for it.');
    await press('offered', 'accept');
    await until(() => !textOf(row('offered')).includes('That did not work.'));
  });

  it('can be vetoed by the page', async () => {
    const { calls, files, press } = await setup({ transfers: EVERY });
    const asked: string[] = [];
    files.addEventListener('rtc-request', (event: RtcRequestEvent) => {
      asked.push(event.action.do);
      event.preventDefault();
    });
    await press('offered', 'accept');
    files.dispatchEvent(dragEvent('drop', carrying([aFile()])));
    await until(() => asked.length === 2);
    expect(asked).to.deep.equal(['accept-transfer', 'send-files']);
    expect(calls()).to.deep.equal([]);
  });

  it('saves what has arrived once it was accepted here, and again on request', async () => {
    const { room, press } = await setup({ transfers: EVERY });
    const saved: string[] = [];
    const keep = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement): void {
      saved.push(this.download);
    };
    try {
      await press('offered', 'accept');
      room.files.change('offered', { status: 'done', isTakeable: true });
      await until(() => saved.length === 1);
      room.files.received.set('done', new File(['x'], 'photo.png'));
      await press('done', 'save');
      await until(() => saved.length === 2);
      expect(saved).to.deep.equal(['plan.pdf', 'photo.png']);
    } finally {
      HTMLAnchorElement.prototype.click = keep;
    }
  });

  it('shows a picture that has arrived, and forgets it with the transfer', async () => {
    const { room, files, row } = await setup({ transfers: EVERY });
    room.files.previews.set('done', new Blob(['x'], { type: 'image/png' }));
    room.files.set([fakeTransfer({ id: 'done', status: 'done', isTakeable: true, name: 'a.png' })]);
    room.files.set([]);
    await settle(files);
    room.files.set([fakeTransfer({ id: 'done', status: 'done', isTakeable: true, name: 'a.png' })]);
    await settle(files);
    await until(() => row('done').querySelector('img') !== null);
    const image = row('done').querySelector('img');
    expect(image?.alt).to.equal('Preview of a.png');
    const address = image?.src ?? '';
    expect(address).to.match(/^blob:/);
    room.files.set([]);
    await settle(files);
    const isGone = await fetch(address).then(
      () => false,
      () => true,
    );
    expect(isGone).to.equal(true);
  });

  it('tells screen readers of offers and ends, after it was drawn, and never of the progress', async () => {
    const { room, files } = await setup({
      transfers: [fakeTransfer({ id: 'a', size: 2_000_000 })],
    });
    const region = find(files, '[aria-live=polite]');
    const said = (): string[] => [...region.querySelectorAll('p')].map(textOf);
    await until(() => said().length === 1);
    room.files.change('a', { status: 'running' });
    for (const bytes of [1, 2, 3]) room.files.change('a', { bytes, progress: bytes / 9 });
    await settle(files);
    room.files.change('a', { status: 'done' });
    await until(() => said().length === 2);
    expect(said()).to.deep.equal(['Ada offers you plan.pdf, 2 MB', 'plan.pdf has arrived']);
  });

  it('keeps the focus in itself when a row goes', async () => {
    const { room, files, row } = await setup({ transfers: EVERY });
    row('offered').querySelector<HTMLElement>('[data-does=accept]')?.focus();
    room.files.set([]);
    await until(() => files.matches(':focus-within') && files.shadowRoot?.activeElement !== null);
  });

  it('does not show an offer that the page takes care of', async () => {
    const { room, files, element } = await setup();
    element.addEventListener('rtc-file-offer', (event) => event.preventDefault(), { once: true });
    room.offerFiles(fakeTransfer({ id: 'a' }));
    await settle(files);
    expect(files.shadowRoot?.querySelector('[data-transfer]')).to.equal(null);
    expect(textOf(find(files, '[aria-live=polite]'))).to.equal('');
    room.offerFiles(fakeTransfer({ id: 'b' }));
    await settle(files);
    expect(find(files, '[data-transfer]').dataset['transfer']).to.equal('b');
  });

  for (const width of [240, 360, 720]) {
    for (const dir of ['ltr', 'rtl'] as const) {
      it(`fits in ${width} px, ${dir}, with targets of 44 px`, async () => {
        const { files } = await setup({ transfers: EVERY, peers: [ada, ben] });
        files.style.width = `${width}px`;
        files.dir = dir;
        await settle(files);
        expect(files.scrollWidth).to.be.at.most(width);
        const box = files.getBoundingClientRect();
        for (const one of files.shadowRoot?.querySelectorAll('button, select') ?? []) {
          const { left, right, height, width: wide } = one.getBoundingClientRect();
          expect(left >= box.left && right <= box.right, one.outerHTML).to.equal(true);
          expect(Math.min(height, wide)).to.be.at.least(44);
        }
      });
    }
  }
});
