// Styles of the toasts: at the end of the stage, the newest closest to the bar.
import { css } from 'lit';

export const notificationsStyles = css`
  :host {
    display: grid;
    justify-items: end;
    gap: var(--gap);
    container-type: inline-size;
    pointer-events: none;
  }
  .toast {
    max-width: min(320px, 100%);
    border: 1px solid var(--line);
    border-radius: 10px;
    background: var(--surface);
    box-shadow: 0 4px 14px rgb(0 0 0 / 12%);
    font-size: 13px;
  }
  .word {
    padding: 8px 14px;
  }
  .word > span {
    display: -webkit-box;
    overflow: hidden;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .card {
    display: flex;
    gap: 10px;
    padding: 2px 2px 2px 12px;
    pointer-events: auto;
    --icon-size: 16px;
  }
  .card > .icon {
    margin-top: 12px;
    color: var(--tone, var(--ink-2));
  }
  .success {
    --tone: var(--ok);
  }
  .warning {
    --tone: var(--warn);
  }
  .error {
    --tone: var(--danger);
  }
  .words {
    display: grid;
    flex: 1;
    gap: 2px;
    align-content: center;
    justify-items: start;
    min-width: 0;
    padding: 10px 0;
    overflow-wrap: anywhere;
  }
  strong {
    font-weight: 600;
  }
  .body {
    display: -webkit-box;
    overflow: hidden;
    color: var(--ink-2);
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 4;
  }
  .ask {
    padding-top: 6px;
    color: var(--ink-2);
  }
  .words .plain {
    min-height: 36px;
  }
  .drop {
    flex: none;
    align-self: start;
    min-width: 40px;
    min-height: 40px;
    color: var(--ink-2);
  }
  /* On a narrow stage, only the newest of the short toasts is shown. */
  @container (max-width: 560px) {
    .word:not(:last-child) {
      display: none;
    }
  }
`;
