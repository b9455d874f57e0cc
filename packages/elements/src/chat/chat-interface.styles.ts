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

  .notices {
    position: absolute;
    z-index: 2;
    display: grid;
    gap: var(--gap);
    inset: 56px 8px auto;
    pointer-events: none;
  }
`;
