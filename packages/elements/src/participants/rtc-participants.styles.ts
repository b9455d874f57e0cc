// Styles of the list of people: rows of 44 px, with the host's tools around them.
import { css } from 'lit';

export const participantsStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    position: relative;
  }
  ul {
    display: grid;
    /* Never wider than the panel, however long a name is. */
    grid-template-columns: minmax(0, 1fr);
    gap: 2px;
    margin: 0;
    padding: 8px;
    list-style: none;
  }
  li {
    position: relative;
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: 44px;
    padding: 4px 0 4px 8px;
    padding-inline: 8px 0;
    border-radius: 10px;
  }
  h3 {
    margin: 0;
    padding: 12px 16px 0;
    color: var(--ink-2);
    font-size: 12px;
    font-weight: 600;
  }
  .who {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 600;
  }
  small {
    color: var(--ink-2);
    font-size: 12px;
    font-weight: 400;
  }
  .marks {
    display: flex;
    gap: 10px;
    padding-inline-end: 8px;
    color: var(--ink-2);
    --icon-size: 16px;
  }
  .raised {
    color: var(--warn);
  }
  .muted {
    color: var(--danger);
  }
  .waiting {
    border-bottom: 1px solid var(--line);
    background: color-mix(in srgb, var(--accent) 7%, var(--surface));
  }
  section li {
    padding-inline-end: 8px;
  }
  section li .plain,
  section li .primary {
    min-height: 36px;
    padding-inline: 12px;
  }
  .more {
    flex: none;
    min-width: 36px;
    margin-inline-start: -8px;
    color: var(--ink-2);
    --icon-size: 18px;
  }
  .menu {
    position: absolute;
    z-index: 2;
    inset-block-start: calc(100% - 4px);
    inset-inline-end: 4px;
    display: grid;
    min-width: 190px;
    padding: 4px;
    border: 1px solid var(--line);
    border-radius: 10px;
    background: var(--surface);
    box-shadow: 0 6px 20px rgb(0 0 0 / 16%);
    animation: show 120ms;
  }
  .menu.up {
    inset-block: auto calc(100% - 4px);
  }
  .menu button {
    justify-content: start;
    min-height: 40px;
    padding-inline: 12px;
  }
  .menu .harsh,
  .end {
    color: var(--danger);
  }
  .access {
    display: grid;
    gap: var(--gap);
    margin-top: auto;
    padding: 12px 16px 16px;
    border-top: 1px solid var(--line);
    --icon-size: 16px;
  }
  .access p {
    margin: 0;
    color: var(--ink-2);
    font-size: 12.5px;
    text-wrap: balance;
  }
  .failure {
    margin: 0;
    padding: 8px 16px;
    color: var(--danger);
    font-size: 12.5px;
  }
  dialog {
    max-width: min(360px, calc(100vw - 32px));
    padding: 20px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
    color: var(--ink);
    box-shadow: 0 12px 40px rgb(0 0 0 / 24%);
  }
  dialog::backdrop {
    background: rgb(8 10 14 / 45%);
  }
  dialog h2 {
    margin: 0;
    font-size: 17px;
  }
  dialog p {
    margin: 6px 0 16px;
    color: var(--ink-2);
  }
  dialog div {
    display: flex;
    flex-wrap: wrap;
    justify-content: end;
    gap: var(--gap);
  }
  dialog button {
    flex: 1 1 auto;
  }
  dialog .sure,
  dialog .sure:hover {
    padding-inline: 16px;
    background: var(--danger);
    color: var(--danger-ink);
    font-weight: 600;
  }
  @keyframes show {
    from {
      opacity: 0;
    }
  }
`;
