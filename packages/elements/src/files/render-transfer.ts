// The template of one transfer, in a list of files or on a card.
import type { RtcError, Transfer } from '@rtc-elements/core';
import { html, nothing, type TemplateResult } from 'lit';

import { icon, type IconNode } from '../base/icon.js';
import { X } from '../base/icons/common.js';
import { Pause, Play } from '../base/icons/files.js';
import type { MessageKey } from '../i18n/en.js';
import { renderFile } from './render-file.js';
import { isUnderWay, type TransferButton, transferButtons } from './transfer-buttons.js';
import { transferFacts, type TransferLanguage, transferStatus } from './transfer-words.js';

/** What the template needs. */
export interface TransferContext extends TransferLanguage {
  /** The offer that is being declined: the person is asked why. */
  readonly declining: string | null;
  previewOf(transfer: Transfer): string | null;
  failureOf(id: string): RtcError | null;
  onButton(button: TransferButton, transfer: Transfer): void;
  onDecline(transfer: Transfer, reason: string): void;
  onBack(): void;
}

interface ButtonContext extends Pick<TransferContext, 't' | 'onButton'> {
  /** A button that makes no sense here. */
  readonly without?: TransferButton;
}

interface Look {
  readonly key: MessageKey;
  /** Without an icon, the button says its words. */
  readonly sign?: IconNode;
  readonly kind?: 'primary' | 'plain';
}

const LOOKS: Readonly<Record<TransferButton, Look>> = {
  accept: { key: 'fileAccept', kind: 'primary' },
  decline: { key: 'fileDecline', kind: 'plain' },
  pause: { key: 'filePause', sign: Pause },
  resume: { key: 'fileResume', kind: 'primary' },
  cancel: { key: 'fileCancel', sign: X },
  save: { key: 'fileSave', kind: 'plain' },
  discard: { key: 'fileDiscard', kind: 'plain' },
  remove: { key: 'fileRemove', sign: X },
};

export function renderTransfer(transfer: Transfer, context: TransferContext): TemplateResult {
  const { t, why } = context;
  const { kind, name, type, progress } = transfer;
  const failure = context.failureOf(transfer.id);
  const address = context.previewOf(transfer);
  const status = failure
    ? t('fileFailed', { why: why(failure) })
    : transferStatus(transfer, context);
  const file = {
    kind,
    name,
    type,
    status,
    facts: transferFacts(transfer, context),
    isWrong: failure !== null || transfer.problem !== null,
    progress: isUnderWay(transfer) ? progress : null,
    preview: address ? { address, words: t('filePreview', { name }) } : null,
  };
  const isAsking = context.declining === transfer.id && transfer.status === 'offered';
  return isAsking
    ? renderFile(file, nothing, renderReason(transfer, context))
    : renderFile(file, renderButtons(transfer, context));
}

/** The buttons of a transfer, each named with what it is for. */
export const renderButtons = (
  transfer: Transfer,
  { t, onButton, without }: ButtonContext,
): readonly TemplateResult[] =>
  transferButtons(transfer)
    .filter((button) => button !== without)
    .map((button) => {
      // Whoever resumes what is paused need not be led there.
      const {
        sign = null,
        kind,
        key,
      } = button === 'resume' && transfer.status === 'paused'
        ? { ...LOOKS.resume, sign: Play, kind: '' }
        : { sign: LOOKS[button].sign, kind: LOOKS[button].kind ?? '', key: LOOKS[button].key };
      const words = t(key);
      return html`<button
        part="file-button"
        type="button"
        class=${sign ? 'sign-button' : kind}
        data-does=${button}
        title=${sign ? words : nothing}
        aria-label=${`${words}: ${transfer.name}`}
        @click=${() => onButton(button, transfer)}
      >
        ${sign ? icon(sign) : words}
      </button>`;
    });

function renderReason(
  transfer: Transfer,
  { t, onDecline, onBack }: TransferContext,
): TemplateResult {
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    onDecline(transfer, String(new FormData(form).get('reason') ?? '').trim());
  };
  const onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    // An enclosing panel would close.
    event.stopPropagation();
    onBack();
  };
  return html`<form class="reason" @submit=${onSubmit} @keydown=${onKeydown}>
    <input
      class="field"
      name="reason"
      maxlength="200"
      autocomplete="off"
      dir="auto"
      data-focus
      aria-label=${`${t('fileReason')} ${transfer.name}`}
      placeholder=${t('fileReason')}
    />
    <button part="file-button" type="button" class="plain" @click=${onBack}>
      ${t('fileBack')}
    </button>
    <button part="file-button" class="primary">${t('fileDecline')}</button>
  </form>`;
}
