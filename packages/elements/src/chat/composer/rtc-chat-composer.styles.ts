// Styles of the composer. Its field grows with the text without being measured.
import { css } from 'lit';

/**
 * In browsers without `field-sizing`, a hidden copy of the text in the same grid cell determines the
 * height of the field.
 */
export const chatComposerStyles = css`
  :host {
    border-block-start: 1px solid var(--line);
    background: var(--surface);
  }

  form {
    display: flex;
    align-items: flex-end;
    gap: var(--gap);
    padding: 10px 12px;
  }

  .grow {
    display: grid;
    flex: 1;
    min-inline-size: 0;
  }

  textarea,
  .grow::after {
    grid-area: 1 / 1;
    min-inline-size: 0;
    min-block-size: 44px;
    max-block-size: 9.5em;
    padding: 11px 13px;
    font: inherit;
    line-height: 20px;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }

  textarea {
    field-sizing: content;
    resize: none;
    overflow: hidden auto;
    scrollbar-width: thin;
    border: 1px solid var(--line);
    border-radius: calc(var(--radius) - 2px);
    background: var(--surface-2);
  }

  @supports not (field-sizing: content) {
    .grow::after {
      content: attr(data-text) ' ';
      visibility: hidden;
      overflow: hidden;
      border: 1px solid;
    }
  }

  textarea::placeholder {
    color: var(--ink-2);
    opacity: 1;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  textarea:focus-visible {
    outline-offset: -1px;
  }

  textarea:disabled {
    opacity: 0.6;
  }

  .attach {
    flex: none;
    margin-inline: -8px;
    color: var(--ink-2);
  }

  .attachments {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    max-block-size: 140px;
    margin: 0;
    padding: 10px 12px 0;
    overflow: auto;
    list-style: none;
    --icon-size: 16px;
  }

  .attachments li {
    display: flex;
    align-items: center;
    gap: 6px;
    max-inline-size: 100%;
    padding-inline-start: 10px;
    border: 1px solid var(--line);
    border-radius: calc(var(--radius) - 2px);
    background: var(--surface-2);
    font-size: 12.5px;
  }

  .attachments bdi {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .attachments span {
    flex: none;
    color: var(--ink-2);
  }

  .send {
    flex: none;
    padding: 0;
  }

  .send:disabled {
    background: var(--surface-3);
    color: var(--ink-2);
    opacity: 1;
  }

  /* The icon points in the direction of the text. */
  :host(:dir(rtl)) .send .icon {
    transform: scaleX(-1);
  }

  .note {
    display: flex;
    gap: 12px;
    padding: 0 14px 8px;
    margin: 0;
    font-size: 12.5px;
    color: var(--ink-2);
  }

  .note .words {
    flex: 1;
  }

  .over {
    color: var(--danger);
    font-weight: 600;
  }

  .count {
    font-variant-numeric: tabular-nums;
  }
`;
