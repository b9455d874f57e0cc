// What is decided about files without a page: icons, buttons, words, news, and what may be sent.
import { expect } from '@esm-bundle/chai';
import type { Transfer } from '@rtc-elements/core';

import { fakeTransfer } from '../../../../tests/support/fake-files.js';
import { en, type MessageKey } from '../i18n/en.js';
import { localize, type MessageParams } from '../i18n/localize.js';
import { refusedFile } from './check-files.js';
import { fileIcon } from './file-icon.js';
import { createFilesFormat } from './format-files.js';
import { transferButtons } from './transfer-buttons.js';
import { newsWords, transferNews } from './transfer-news.js';
import { transferFacts, type TransferLanguage, transferStatus } from './transfer-words.js';

const language: TransferLanguage = {
  t: (key: MessageKey, params?: MessageParams) => localize(undefined, en, key, params),
  format: createFilesFormat('en'),
  nameOf: ({ peerName }) => peerName,
  why: ({ message }) => message,
};
const gone = { code: 'sender-gone', message: 'Ada has gone.', retryable: true } as const;
const spaces = (text: string): string => text.replace(/[\s\u00A0\u202F]+/g, ' ');

describe('the icon of a file', () => {
  it('goes by its kind, its type and its name', () => {
    const of = (name: string, type = '', kind?: Transfer['kind']): unknown =>
      fileIcon({ name, type, ...(kind && { kind }) });
    expect(of('a.png', 'image/png')).to.equal(of('b.jpg', 'image/jpeg'));
    expect(of('a.png', 'image/png')).not.to.equal(of('a.mp4', 'video/mp4'));
    expect(of('a.zip')).to.equal(of('b', 'application/zip'));
    expect(of('a', '', 'folder')).not.to.equal(of('a'));
    expect(of('three', '', 'files')).to.equal(of('a.zip'));
    expect(of('a.txt', 'text/plain')).not.to.equal(of('a.bin', 'application/octet-stream'));
  });
});

describe('what may be sent', () => {
  const file = (name: string, type: string, size = 1) => ({ name, type, size });
  const all = { accept: '', maxSize: null };

  it('is anything, unless the page says otherwise', () => {
    expect(refusedFile([file('a.exe', '', 1e12)], all)).to.equal(null);
    const large = file('b', '', 11);
    expect(refusedFile([file('a', '', 10), large], { ...all, maxSize: 10 })).to.deep.equal({
      file: large,
      why: 'filesTooLarge',
    });
  });

  it('goes by types, groups of types and ends of names', () => {
    const accept = 'image/*, .PDF,text/csv';
    for (const [name, type, isFine] of [
      ['a.png', 'image/png', true],
      ['a.pdf', '', true],
      ['A.PDF', 'application/octet-stream', true],
      ['a.csv', 'text/csv', true],
      ['a.txt', 'text/plain', false],
      ['image', 'application/image', false],
    ] as const) {
      const refused = refusedFile([file(name, type)], { ...all, accept });
      expect(refused === null, `${name} ${type}`).to.equal(isFine);
    }
  });
});

describe('the buttons of a transfer', () => {
  const table: readonly (readonly [Partial<Transfer>, string])[] = [
    [{ status: 'offered' }, 'decline accept'],
    [{ status: 'offered', direction: 'send' }, 'cancel'],
    [{ status: 'waiting' }, 'pause cancel'],
    [{ status: 'running' }, 'pause cancel'],
    [{ status: 'paused', pausedBy: 'us' }, 'resume cancel'],
    [{ status: 'paused', pausedBy: 'both' }, 'resume cancel'],
    [{ status: 'paused', pausedBy: 'them' }, 'cancel'],
    [{ status: 'checking' }, 'cancel'],
    [{ status: 'saving' }, 'cancel'],
    [{ status: 'interrupted', problem: gone }, 'discard resume'],
    [{ status: 'failed', problem: { ...gone, retryable: false } }, 'remove'],
    [{ status: 'failed', problem: gone }, 'discard resume'],
    [{ status: 'done', isTakeable: true }, 'remove save'],
    [{ status: 'done', direction: 'send' }, 'remove'],
    [{ status: 'declined' }, 'remove'],
    [{ status: 'cancelled' }, 'remove'],
  ];
  for (const [over, buttons] of table) {
    it(`are ${buttons} for ${JSON.stringify(over)}`, () => {
      expect(transferButtons(fakeTransfer(over)).join(' ')).to.equal(buttons);
    });
  }
});

describe('the words for a transfer', () => {
  const table: readonly (readonly [Partial<Transfer>, string])[] = [
    [{ status: 'offered' }, ''],
    [{ status: 'offered', direction: 'send' }, 'Waiting until Ada accepts'],
    [
      { status: 'running', bytes: 600_000, size: 2_400_000, speed: 3_140_000, secondsLeft: 12 },
      '600 kB of 2.4 MB · 3.1 MB/s · 12 sec left',
    ],
    [{ status: 'running', bytes: 0, size: 2_400_000 }, '0 byte of 2.4 MB'],
    [{ status: 'paused', pausedBy: 'us', bytes: 1, size: 2 }, 'Paused · 1 byte of 2 byte'],
    [{ status: 'paused', pausedBy: 'them', bytes: 1, size: 2 }, 'Paused by Ada · 1 byte of 2 byte'],
    [{ status: 'interrupted', problem: gone }, 'Ada has gone.'],
    [
      { status: 'interrupted', problem: gone, needsFiles: true },
      'Ada has gone. Choose the same files again to go on.',
    ],
    [{ status: 'done' }, 'Received'],
    [{ status: 'done', direction: 'send' }, 'Sent'],
    [{ status: 'declined' }, 'Declined'],
    [{ status: 'declined', problem: { ...gone, message: 'Not now.' } }, 'Not now.'],
  ];
  for (const [over, words] of table) {
    it(`are "${words}"`, () => {
      expect(spaces(transferStatus(fakeTransfer(over), language))).to.equal(words);
    });
  }

  it('say who it is from or for, and how much it is', () => {
    const facts = (over: Partial<Transfer>): string =>
      spaces(transferFacts(fakeTransfer(over), language));
    expect(facts({ size: 2_400_000 })).to.equal('From Ada · 2.4 MB');
    expect(facts({ direction: 'send', kind: 'folder', count: 12, size: 1_000 })).to.equal(
      'To Ada · 1 kB · 12 files',
    );
  });
});

describe('the news of transfers', () => {
  const offer = fakeTransfer({ id: 'a' });
  const running = { ...offer, status: 'running' } as const;

  it('are offers and ends, each once, and never the progress', () => {
    expect(transferNews([], [offer])).to.deep.equal([offer]);
    expect(transferNews([offer], [{ ...offer }])).to.deep.equal([]);
    expect(transferNews([offer], [running])).to.deep.equal([]);
    expect(transferNews([running], [{ ...running, bytes: 9, progress: 0.5 }])).to.deep.equal([]);
    const done = { ...running, status: 'done' } as const;
    expect(transferNews([running], [done])).to.deep.equal([done]);
    const stopped = { ...running, status: 'interrupted', problem: gone } as const;
    expect(transferNews([running], [stopped])).to.deep.equal([stopped]);
    expect(transferNews([running], [{ ...running, status: 'cancelled' }])).to.deep.equal([]);
  });

  it('are nothing that was over before anybody looked', () => {
    expect(transferNews(null, [{ ...offer, status: 'done' }, offer])).to.deep.equal([offer]);
  });

  it('are sentences', () => {
    const say = (over: Partial<Transfer>): string =>
      spaces(newsWords(fakeTransfer({ size: 2_400_000, ...over }), language));
    expect(say({})).to.equal('Ada offers you plan.pdf, 2.4 MB');
    expect(say({ status: 'done' })).to.equal('plan.pdf has arrived');
    expect(say({ status: 'done', direction: 'send' })).to.equal('plan.pdf was sent to Ada');
    expect(say({ status: 'failed', problem: gone })).to.equal('plan.pdf: Ada has gone.');
  });
});
