// The box and the header of a chat. Both stay the same when the interface loads, so that nothing moves.
import { css } from 'lit';

export const chatStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    container-type: inline-size;
    position: relative;
    block-size: 32rem;
    min-inline-size: 0;
    min-block-size: 0;
    overflow: hidden;
    background: var(--surface);
    border: 1px solid var(--line);
    border-radius: var(--radius);
  }

  :host([in-panel]) {
    flex: 1;
    block-size: 100%;
    border: 0;
    border-radius: 0;
  }

  .header {
    display: flex;
    flex: none;
    align-items: center;
    gap: var(--gap);
    min-block-size: 48px;
    padding-inline: 16px 8px;
    border-block-end: 1px solid var(--line);
  }

  h2 {
    flex: 1;
    margin: 0;
    font-size: 15px;
    font-weight: 600;
  }

  .chip {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    margin: 0;
    padding: 3px 10px;
    border-radius: 99px;
    font-size: 12.5px;
    color: var(--ink-2);
    background: var(--surface-2);
    border: 1px solid var(--line);
  }

  .chip::before {
    content: '';
    inline-size: 7px;
    block-size: 7px;
    border-radius: 50%;
    background: var(--warn);
  }
`;
