// What is said to screen readers of transfers: offers, and how each one ended. Never the progress.
import type { Transfer } from '@rtc-elements/core';

import type { TransferLanguage } from './transfer-words.js';

/** The transfers before and after a change that are told apart by what is said of them. */
export function transferNews(
  before: readonly Transfer[] | null,
  after: readonly Transfer[],
): readonly Transfer[] {
  const former = new Map(before?.map((one) => [one.id, one]));
  return after.filter((one) => {
    if (!isTold(one)) return false;
    // What has ended before anybody looked is no news; an offer waits for an answer.
    if (!before) return isOffer(one);
    return former.get(one.id)?.status !== one.status;
  });
}

const isOffer = ({ direction, status }: Transfer): boolean =>
  direction === 'receive' && status === 'offered';

/** What the person does by themselves needs no words. */
const isTold = (one: Transfer): boolean =>
  isOffer(one) || one.status === 'done' || (isStopped(one) && one.problem !== null);

const isStopped = ({ status }: Transfer): boolean =>
  ['interrupted', 'declined', 'cancelled', 'failed'].includes(status);

/** The sentence for one of them. */
export function newsWords(transfer: Transfer, language: TransferLanguage): string {
  const { t, format, why } = language;
  const { direction, name: file, size, status, problem } = transfer;
  const name = language.nameOf(transfer);
  if (status === 'offered') return t('saidFileOffer', { name, file, size: format.size(size) });
  if (status === 'done') {
    return t(direction === 'send' ? 'saidFileSent' : 'saidFileReceived', { file, name });
  }
  return t('saidFileStopped', { file, why: problem ? why(problem, { name }) : '' });
}
