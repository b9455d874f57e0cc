// Layout of a chat below its header: log, typing line and composer.
import { css } from 'lit';

export const chatInterfaceStyles = css`
  rtc-chat-log {
    flex: 1;
  }

  /* Nothing else is in the chat. */
  .alone {
    margin: auto 0;
  }

  .drop {
    position: absolute;
    z-index: 3;
    inset: 6px;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 6px;
    border: 2px dashed var(--accent);
    border-radius: calc(var(--radius) - 4px);
    background: color-mix(in srgb, var(--surface) 88%, transparent);
    font-weight: 600;
    pointer-events: none;
  }

  .notices {
    position: absolute;
    z-index: 2;
    display: grid;
    gap: var(--gap);
    inset: 56px 8px auto;
    pointer-events: none;
  }
`;
