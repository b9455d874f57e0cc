// How the tools of a line look: what is drawn into the log, and what floats above it.
import { css } from 'lit';

/** For the log, which draws quotes, reactions and receipts into its rows. */
export const rowExtraStyles = css`
  /* What an open menu or question is about: both may cover other lines. */
  .row[data-meant] {
    border-radius: 6px;
    background: var(--surface-2);
  }

  .quote {
    display: flex;
    gap: 6px;
    justify-content: start;
    inline-size: fit-content;
    max-inline-size: min(100%, 46rem);
    min-block-size: 24px;
    margin-block: 2px;
    padding-inline: 9px 8px;
    border: 0;
    border-inline-start: 3px solid var(--line);
    border-radius: 2px;
    color: var(--ink-2);
    font-size: 13px;
    text-align: start;
  }

  .quote:hover {
    border-color: var(--accent);
    background: var(--surface-2);
  }

  .quote bdi {
    flex: none;
    max-inline-size: 50%;
    font-weight: 600;
  }

  .quote bdi,
  .quote span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .edited,
  .seen {
    color: var(--ink-2);
    font-size: 12px;
  }

  .seen {
    margin: 2px 0 0;
    overflow: hidden;
    text-align: end;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .reactions {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    padding-block: 4px 2px;
  }

  .reaction {
    gap: 5px;
    min-inline-size: 0;
    min-block-size: 26px;
    padding-inline: 9px;
    border-color: var(--line);
    border-radius: 99px;
    background: var(--surface-2);
    font-size: 12.5px;
    font-variant-numeric: tabular-nums;
  }

  .reaction:hover {
    background: var(--surface-3);
  }

  .reaction[aria-pressed='true'] {
    border-color: var(--accent);
    background: color-mix(in srgb, var(--accent) 14%, var(--surface));
    font-weight: 600;
  }

  @media (pointer: coarse) {
    .reaction {
      min-block-size: 36px;
    }
  }
`;

/** For what floats: it is placed by its element, above the line that it is about. */
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

  .failure {
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

  @media (pointer: coarse) {
    .item {
      min-block-size: 44px;
    }
  }
`;
