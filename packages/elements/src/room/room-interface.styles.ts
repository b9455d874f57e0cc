import { css } from 'lit';

/** A header, the stage, a bar, and a panel at the inline end, which covers the stage below 720 px. */
export const roomInterfaceStyles = css`
  /*
   * What reaches the round corners has them, not the box: a picture has round corners of its own, and one
   * round clip inside another costs a copy of the whole room for every frame.
   */
  :is(rtc-lobby, rtc-leaving, rtc-waiting) {
    height: 100%;
    overflow: auto;
    border-radius: calc(var(--radius) + 1px);
  }
  .call {
    overflow: hidden;
    display: grid;
    grid-template:
      'header panel' auto
      'stage panel' minmax(0, 1fr)
      'bar panel' auto / minmax(0, 1fr) auto;
    height: 100%;
  }
  header {
    grid-area: header;
    display: flex;
    align-items: center;
    gap: 10px;
    min-width: 0;
    padding: 10px 18px 8px;
  }
  h2 {
    margin: 0;
    overflow: hidden;
    font-size: 15.5px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .chip {
    display: flex;
    flex: none;
    align-items: center;
    gap: 6px;
    padding: 3px 10px;
    border: 1px solid var(--line);
    border-radius: 999px;
    background: var(--surface);
    color: var(--ink-2);
    font-size: 12.5px;
    --icon-size: 14px;
  }
  /* The target is 44 px high although the header is lower. */
  .path {
    margin-block: -9px;
  }
  .path:hover {
    background: none;
  }
  .path:hover .chip {
    background: var(--surface-3);
  }
  .chip.direct {
    color: color-mix(in srgb, var(--ok) 78%, var(--ink));
  }
  .chip.reconnecting {
    color: color-mix(in srgb, var(--warn) 80%, var(--ink));
  }
  .stage {
    grid-area: stage;
    position: relative;
    min-height: 0;
    padding: 0 10px;
  }
  rtc-grid {
    height: 100%;
  }
  .cards,
  .stage > .missing {
    position: absolute;
    z-index: 2;
    inset: 8px 12px auto;
    height: auto;
    border-radius: var(--radius);
  }
  .cards {
    display: grid;
    gap: var(--gap);
    max-height: calc(100% - 16px);
    overflow: auto;
    pointer-events: none;
  }
  rtc-notifications {
    position: absolute;
    z-index: 1;
    inset: auto 14px 10px;
  }
  rtc-controls {
    grid-area: bar;
    z-index: 3;
    padding: 12px 10px 14px;
  }
  aside {
    grid-area: panel;
    display: flex;
    flex-direction: column;
    width: 336px;
    min-height: 0;
    overflow: hidden;
    border-inline-start: 1px solid var(--line);
    border-start-end-radius: calc(var(--radius) + 1px);
    border-end-end-radius: calc(var(--radius) + 1px);
    background: var(--surface);
    animation: enter 160ms;
  }
  @keyframes enter {
    from {
      opacity: 0;
      translate: 12px 0;
    }
  }
  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-height: 49px;
    padding-inline: 16px 4px;
    border-bottom: 1px solid var(--line);
  }
  aside > rtc-chat {
    border: 0;
    border-radius: 0;
  }
  aside > :last-child {
    flex: 1;
    min-height: 0;
    overflow: auto;
  }
  @container (max-width: 719.98px) {
    .call:has(aside) {
      grid-template:
        'panel' minmax(0, 1fr)
        'bar' auto / minmax(0, 1fr);
    }
    .call:has(aside) :is(header, .stage) {
      position: absolute;
      visibility: hidden;
    }
    aside {
      width: auto;
      border-inline-start: 0;
      border-radius: calc(var(--radius) + 1px) calc(var(--radius) + 1px) 0 0;
      border-bottom: 1px solid var(--line);
    }
  }
  @container (max-width: 440px) {
    header {
      padding-inline: 14px;
    }
    .stage {
      padding: 0 6px;
    }
    rtc-controls {
      padding-inline: 6px;
    }
  }
`;
