import { css } from 'lit';

/** What the page has put inside looks as if the element were not there. The layer takes no room. */
export const cursorsStyles = css`
  :host {
    position: relative;
  }
  :host([composed]) {
    color: inherit;
    font: inherit;
    -webkit-tap-highlight-color: inherit;
  }
  /* Over an element elsewhere, it is where it is in the page without moving anything. */
  :host([over]:not([over=''])) {
    position: absolute;
    width: 0;
    height: 0;
  }
  .layer {
    position: absolute;
    z-index: 1;
    inset: 0 auto auto 0;
    overflow: clip;
    pointer-events: none;
    user-select: none;
    font: 600 12px/1.4 var(--rtc-font, system-ui, sans-serif);
    letter-spacing: normal;
    text-align: start;
    text-transform: none;
    text-indent: 0;
    white-space: nowrap;
  }
  .cursor {
    position: absolute;
    inset: 0 auto auto 0;
    color: #fff;
    transition: opacity 120ms;
    will-change: transform;
  }
  .cursor.away {
    opacity: 0;
  }
  svg {
    display: block;
    width: 18px;
    height: 20px;
    /* Its tip is the place. */
    margin: -1px 0 0 -1px;
    fill: var(--person);
    stroke: #fff;
    stroke-width: 1.5;
    stroke-linejoin: round;
    filter: drop-shadow(0 1px 2px rgb(0 0 0 / 0.35));
  }
  .name {
    position: absolute;
    top: 17px;
    left: 12px;
    max-width: 160px;
    padding: 2px 8px;
    overflow: hidden;
    border-radius: calc(var(--radius) - 5px);
    background: var(--person);
    box-shadow: 0 1px 3px rgb(0 0 0 / 0.3);
    text-overflow: ellipsis;
  }
  /* Near an edge, the name is on the other side, where there is room for it. */
  .cursor.before .name {
    right: 18px;
    left: auto;
  }
  .cursor.above .name {
    top: auto;
    bottom: 22px;
  }
  @media (forced-colors: active) {
    svg {
      fill: CanvasText;
      stroke: Canvas;
      filter: none;
      forced-color-adjust: none;
    }
    .name {
      border: 1px solid CanvasText;
      background: Canvas;
      color: CanvasText;
    }
  }
`;
