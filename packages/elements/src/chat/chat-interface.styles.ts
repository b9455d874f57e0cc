// How a chat is laid out: log, typing line and composer under each other.
import { css } from 'lit';

export const chatInterfaceStyles = css`
  rtc-chat-log {
    flex: 1;
  }

  /* Alone in its place, or under the log. */
  .alone {
    margin: auto 0;
  }

  .told {
    position: absolute;
    z-index: 2;
    display: grid;
    gap: var(--gap);
    inset: 56px 8px auto;
    pointer-events: none;
  }
`;
