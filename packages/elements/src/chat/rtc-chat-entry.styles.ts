// Styles of the entry of a chat: centred on its own, or in place of the composer.
import { css } from 'lit';

export const entryStyles = css`
  .entry {
    display: grid;
    gap: 12px;
    margin: auto;
    padding: 24px 16px;
    inline-size: min(100%, 22rem);
    text-align: center;
  }

  .entry h3 {
    margin: 0;
    font-size: 17px;
    overflow-wrap: anywhere;
  }

  .entry label {
    display: grid;
    gap: 4px;
    text-align: start;
    font-size: 12.5px;
    color: var(--ink-2);
  }

  .entry input {
    font-size: 14px;
    color: var(--ink);
  }

  .refusal {
    margin: 0;
    text-align: start;
    font-size: 12.5px;
    color: var(--danger);
  }

  .over {
    display: grid;
    gap: 8px;
    justify-items: center;
    padding: 12px 16px 16px;
    border-block-start: 1px solid var(--line);
    text-align: center;
  }

  .wait,
  :host(.alone) .over {
    border: 0;
    padding-block: 24px;
  }

  .over p {
    margin: 0;
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  .over .why {
    max-inline-size: 44ch;
    font-weight: 400;
    font-size: 12.5px;
    color: var(--ink-2);
    text-wrap: balance;
  }
`;
