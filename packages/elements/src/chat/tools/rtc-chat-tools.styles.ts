// Styles of the tools of a message, which float above the log.
import { css } from 'lit';

/** The element positions the tools with `--at`. */
export const toolStyles = css`
  :host {
    position: absolute;
    z-index: 1;
    inset: 0;
    pointer-events: none;
  }

  .float {
    position: absolute;
    inset-block-start: var(--at, 0);
    inset-inline-end: 10px;
    max-inline-size: calc(100% - 20px);
    max-block-size: calc(100% - 8px);
    overflow: auto;
    border: 1px solid var(--line);
    border-radius: 10px;
    background: var(--surface);
    box-shadow: 0 4px 14px rgb(0 0 0 / 14%);
    pointer-events: auto;
    animation: show 120ms;
  }

  @keyframes show {
    from {
      opacity: 0;
    }
  }

  .bar {
    display: flex;
    padding: 2px;
    --icon-size: 16px;
  }

  .bar button {
    min-inline-size: 30px;
    min-block-size: 30px;
    border-radius: 7px;
    color: var(--ink-2);
  }

  .bar button:hover {
    color: var(--ink);
  }

  .menu {
    padding: 4px;
    --icon-size: 16px;
  }

  .palette {
    display: grid;
    grid-template-columns: repeat(6, minmax(36px, 44px));
  }

  .palette button {
    min-inline-size: 0;
    font-size: 18px;
  }

  .palette [aria-checked='true'] {
    background: color-mix(in srgb, var(--accent) 18%, var(--surface));
  }

  .item {
    justify-content: start;
    inline-size: 100%;
    min-block-size: 40px;
    gap: 10px;
    padding-inline: 10px;
  }

  .item.danger {
    color: var(--danger);
  }

  .ask {
    padding: 12px 14px 10px;
    inline-size: 250px;
  }

  .ask p {
    margin: 0 0 8px;
  }

  .ask div {
    display: flex;
    justify-content: end;
    gap: var(--gap);
  }

  .ask .sure,
  .ask .sure:hover {
    padding-inline: 16px;
    background: var(--danger);
    color: var(--danger-ink);
    font-weight: 600;
  }

  @media (pointer: coarse) {
    .item {
      min-block-size: 44px;
    }
  }
`;
