// Styles of the log. It scrolls without reading the layout.
import { css } from 'lit';

/**
 * The scroller is reversed, so that its origin is the end of the log. A log that shows its end stays
 * there as messages arrive, and older messages inserted above move nothing.
 */
export const chatLogStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    position: relative;
    min-block-size: 0;
    flex: 1;
  }

  .scroller {
    flex: 1;
    min-block-size: 0;
    display: flex;
    flex-direction: column-reverse;
    overflow: hidden auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--line) transparent;
  }

  .scroller:focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: -2px;
  }

  .list {
    display: flow-root;
    position: relative;
    margin-block-end: auto;
    padding: 8px 16px;
  }

  .blank {
    margin-block-start: auto;
  }

  .item {
    content-visibility: auto;
    /* The height of one line of text, until the row has been rendered once. */
    contain-intrinsic-block-size: auto 26px;
  }

  .item.first {
    contain-intrinsic-block-size: auto 54px;
  }

  .rule {
    display: flex;
    align-items: center;
    gap: 12px;
    margin-block: 12px 6px;
    font-size: 12px;
    color: var(--ink-2);
  }

  .rule::before,
  .rule::after {
    content: '';
    flex: 1;
    border-block-start: 1px solid var(--line);
  }

  .rule.divider {
    color: var(--accent);
  }

  .rule.divider::before,
  .rule.divider::after {
    border-color: color-mix(in srgb, var(--accent) 60%, transparent);
  }

  .row {
    position: relative;
    padding-block: 2px;
    padding-inline-start: 42px;
  }

  .row.head {
    padding-block-start: 10px;
  }

  .avatar {
    position: absolute;
    inset-block-start: 10px;
    inset-inline-start: 0;
  }

  .meta {
    display: flex;
    align-items: baseline;
    gap: 8px;
    min-inline-size: 0;
  }

  .name {
    font-weight: 600;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  time {
    flex: none;
    unicode-bidi: plaintext;
    font-size: 12px;
    color: var(--ink-2);
    font-variant-numeric: tabular-nums;
  }

  .text {
    max-inline-size: 46rem;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    transition: opacity 160ms;
  }

  .text.fold {
    max-block-size: 27em;
    max-block-size: 18lh;
    overflow: hidden;
  }

  .text.fold[data-cut] {
    mask-image: linear-gradient(#000 calc(100% - 3em), transparent);
  }

  .text.fold:not([data-cut]) + .unfold {
    display: none;
  }

  .unfold {
    margin-inline-start: -10px;
    padding-inline: 10px;
    color: var(--accent);
    font-weight: 600;
  }

  a {
    color: var(--accent);
    text-underline-offset: 2px;
    border-radius: 3px;
  }

  .row:focus-visible {
    outline-offset: -2px;
    border-radius: 6px;
  }

  .deleted {
    color: var(--ink-2);
    font-style: italic;
  }

  .pending .text {
    opacity: 0.6;
  }

  .problem {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 4px;
    color: var(--danger);
    font-size: 12.5px;
  }

  .problem span {
    flex: 1 1 12em;
  }

  .problem button {
    margin-inline: -10px 10px;
    padding-inline: 10px;
    font-weight: 600;
    color: var(--ink);
  }

  .empty {
    padding: 24px 0;
    text-align: center;
    color: var(--ink-2);
  }

  .jump {
    position: absolute;
    inset-block-end: 8px;
    inset-inline: 0;
    margin-inline: auto;
    inline-size: fit-content;
    border-radius: 22px;
    box-shadow: 0 2px 10px rgb(0 0 0 / 0.18);
  }

  .jump.primary {
    padding-inline: 12px 16px;
    --icon-size: 16px;
  }

  .jump.bare {
    inset-inline: auto 12px;
    padding: 0;
  }

  .failure {
    z-index: 2;
    position: absolute;
    inset: auto 10px 8px;
    margin: 0;
    padding: 8px 12px;
    border: 1px solid var(--line);
    border-radius: 10px;
    background: var(--surface);
    color: var(--danger);
    font-size: 12.5px;
    box-shadow: 0 4px 14px rgb(0 0 0 / 14%);
  }
`;
