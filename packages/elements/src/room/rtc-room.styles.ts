import { css } from 'lit';

/** The box of a room. It stays the same when the interface loads, so that nothing moves. */
export const roomStyles = css`
  :host {
    container-type: inline-size;
    position: relative;
    min-width: 240px;
    height: 560px;
    max-height: 100dvh;
    border: 1px solid var(--line);
    border-radius: calc(var(--radius) + 2px);
    background: var(--stage);
  }
  :host([composed]) {
    display: contents;
  }
  .failure {
    margin: 0;
    padding: 24px;
    background: var(--surface);
  }
  .failure,
  .missing {
    border-radius: inherit;
  }
  /* Elements of a page's layout are blocks already before they have loaded. */
  ::slotted(
    :is(
      rtc-cursors,
      rtc-grid,
      rtc-tile,
      rtc-controls,
      rtc-participants,
      rtc-stats,
      rtc-notices
    ):not(:defined)
  ) {
    display: block;
  }
`;
