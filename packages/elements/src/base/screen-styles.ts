// Styles of the screens that replace the call: a title, a hint and a button, centred.
import { css } from 'lit';

/** Shared by the waiting screen and the screen after the call. */
export const screenStyles = css`
  :host {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 16px;
    min-height: 100%;
    padding: 24px;
    background: var(--surface);
    text-align: center;
  }
  h2 {
    margin: 0;
    font-size: 20px;
    overflow-wrap: anywhere;
    text-wrap: balance;
  }
  p {
    max-width: 44ch;
    margin: -8px 0 0;
    color: var(--ink-2);
    text-wrap: balance;
  }
`;
