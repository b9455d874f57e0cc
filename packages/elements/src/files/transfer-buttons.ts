// What a person can do with a transfer, as a list of buttons. Pure.
import type { Transfer } from '@rtc-elements/core';

/** `remove` takes something that has ended off the list, `discard` something that could still go on. */
export type TransferButton =
  'accept' | 'decline' | 'pause' | 'resume' | 'cancel' | 'save' | 'discard' | 'remove';

/** In the order in which they are shown, the one that is wanted most last. */
export function transferButtons(transfer: Transfer): readonly TransferButton[] {
  const { direction, status, pausedBy, problem, isTakeable } = transfer;
  switch (status) {
    case 'offered':
      return direction === 'receive' ? ['decline', 'accept'] : ['cancel'];
    case 'waiting':
    case 'running':
      return ['pause', 'cancel'];
    case 'paused':
      return pausedBy === 'them' ? ['cancel'] : ['resume', 'cancel'];
    case 'checking':
    case 'saving':
      return ['cancel'];
    case 'interrupted':
      return ['discard', 'resume'];
    case 'failed':
      return problem?.retryable ? ['discard', 'resume'] : ['remove'];
    case 'done':
      return isTakeable ? ['remove', 'save'] : ['remove'];
    default:
      return ['remove'];
  }
}

/** Whether bytes are to come, so that a bar shows how many did. */
export const isUnderWay = ({ status }: Transfer): boolean =>
  ['waiting', 'running', 'paused', 'checking', 'saving', 'interrupted'].includes(status);

/** Whether nothing more happens by itself. */
export const hasEnded = ({ status }: Transfer): boolean =>
  ['done', 'declined', 'cancelled', 'failed'].includes(status);
