// What is said of a transfer, in words. Pure.
import type { Problem, Transfer } from '@rtc-elements/core';

import type { MessageKey } from '../i18n/en.js';
import type { MessageParams, Translate } from '../i18n/localize.js';
import type { FilesFormat } from './format-files.js';

/** What the words are made with. */
export interface TransferLanguage {
  readonly t: Translate;
  readonly format: FilesFormat;
  /** The other person's name as it is shown. */
  nameOf(transfer: Transfer): string;
  /** The sentence for a problem. */
  why(problem: Pick<Problem, 'code' | 'message'>, params?: MessageParams): string;
}

/** Between facts on one line. */
const DOT = ' · ';

/** Who it is from or for, how large it is, and how many files it has. */
export function transferFacts(transfer: Transfer, language: TransferLanguage): string {
  const { t, format } = language;
  const { direction, kind, size, count } = transfer;
  const name = language.nameOf(transfer);
  return [
    t(direction === 'receive' ? 'fileFrom' : 'fileTo', { name }),
    format.size(size),
    ...(kind === 'file' ? [] : [t('fileCount', { count })]),
  ].join(DOT);
}

const WORDS: Partial<Record<Transfer['status'], MessageKey>> = {
  waiting: 'fileWaits',
  checking: 'fileChecking',
  saving: 'fileSaving',
  declined: 'fileDeclined',
  cancelled: 'fileCancelled',
};

/** How it does; empty for an offer to us, of which the buttons say enough. */
export function transferStatus(transfer: Transfer, language: TransferLanguage): string {
  const { t, why } = language;
  const { direction, status, problem, pausedBy } = transfer;
  const name = language.nameOf(transfer);
  if (problem) return withHint(transfer, why(problem, { name }), t);
  switch (status) {
    case 'offered':
      return direction === 'send' ? t('fileAwaits', { name }) : '';
    case 'running':
      return progressWords(transfer, language);
    case 'paused': {
      const words = pausedBy === 'them' ? t('filePausedByThem', { name }) : t('filePaused');
      return [words, doneWords(transfer, language)].join(DOT);
    }
    case 'interrupted':
      return withHint(transfer, t('fileInterrupted'), t);
    case 'done':
      return t(direction === 'send' ? 'fileSent' : 'fileReceived');
    default: {
      const key = WORDS[status];
      return key ? t(key) : '';
    }
  }
}

const withHint = ({ needsFiles }: Transfer, words: string, t: Translate): string =>
  needsFiles ? `${words} ${t('filePickAgain')}` : words;

const doneWords = ({ bytes, size }: Transfer, { t, format }: TransferLanguage): string =>
  t('fileDone', { done: format.size(bytes), size: format.size(size) });

function progressWords(transfer: Transfer, language: TransferLanguage): string {
  const { speed, secondsLeft } = transfer;
  const { t, format } = language;
  return [
    doneWords(transfer, language),
    ...(speed === null ? [] : [format.speed(speed)]),
    ...(secondsLeft === null ? [] : [t('fileLeft', { time: format.time(secondsLeft) })]),
  ].join(DOT);
}
