// Styles of quotes, reactions and receipts in the rows of a log.
import { css } from 'lit';

export const rowExtraStyles = css`
  /* The message that an open menu or question refers to: both may cover others. */
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
