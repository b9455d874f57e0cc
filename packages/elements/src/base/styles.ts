// Styles shared by all elements: tokens, type, focus, buttons, fields. The guide describes `--rtc-*`.
import { css } from 'lit';

/**
 * First, nothing is inherited from the page, in a layer so that every other rule for `:host` wins; what is taken on
 * purpose comes back. A room with children has the page's own layout in it, which inherits from the page. `all` does
 * not include `direction`, and `user-select` does not inherit everywhere, but is that of the parent by default.
 *
 * Public `--rtc-*` variables are only read, so that a page can set them on any ancestor. The rules use
 * the short private names.
 */
export const baseStyles = css`
  @layer {
    :host(:not([composed])) {
      all: initial;
      color-scheme: revert-layer;
      interactivity: revert-layer;
      outline: revert-layer;
      pointer-events: revert-layer;
      -webkit-text-size-adjust: revert-layer;
      user-select: text;
      visibility: revert-layer;
      -webkit-locale: revert-layer;
      -webkit-user-modify: read-only;
    }
  }
  :host {
    --icon-size: initial;
    --avatar-size: initial;
    --person: initial;
    --accent: var(--rtc-accent, light-dark(#2c68ff, #7aa2ff));
    --accent-ink: var(--rtc-accent-ink, light-dark(#fff, #0b1020));
    --danger: var(--rtc-danger, light-dark(#d92d3a, #ff6b75));
    --danger-ink: light-dark(#fff, #1a0508);
    --ok: var(--rtc-ok, light-dark(#1a9c5b, #4cc98a));
    --warn: var(--rtc-warn, light-dark(#b86e00, #f2b25b));
    --surface: var(--rtc-surface, light-dark(#fff, #171a20));
    --surface-2: var(--rtc-surface-2, light-dark(#f3f4f7, #1f232b));
    --surface-3: var(--rtc-surface-3, light-dark(#e8eaef, #2b303a));
    --stage: var(--rtc-stage, light-dark(#e9ebf0, #0e1014));
    --tile: var(--rtc-tile, #20242c);
    --tile-ink: var(--rtc-tile-ink, #fff);
    --ink: var(--rtc-ink, light-dark(#171a21, #eef0f4));
    --ink-2: var(--rtc-ink-2, light-dark(#5b6270, #9aa2b1));
    --line: var(--rtc-line, light-dark(#dcdfe6, #2a2f39));
    --radius: var(--rtc-radius, 12px);
    --gap: var(--rtc-gap, 8px);
    display: block;
    box-sizing: border-box;
    color: var(--ink);
    font: 14px/1.45 var(--rtc-font, system-ui, sans-serif);
    -webkit-tap-highlight-color: transparent;
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  [hidden],
  :host([hidden]) {
    display: none !important;
  }
  /* Elements that have not loaded yet already take up their space. */
  :not(:defined) {
    display: block;
    visibility: hidden;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  .icon {
    display: block;
    flex: none;
    width: var(--icon-size, 20px);
    height: var(--icon-size, 20px);
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .quiet {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  button,
  input,
  select,
  textarea {
    margin: 0;
    font: inherit;
    color: inherit;
  }
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-width: 44px;
    min-height: 44px;
    padding: 0;
    border: 1px solid transparent;
    border-radius: calc(var(--radius) - 2px);
    background: none;
    cursor: pointer;
  }
  button:hover {
    background: var(--surface-3);
  }
  button:is(:disabled, [aria-disabled='true']) {
    cursor: default;
    opacity: 0.55;
  }
  .primary,
  .primary:hover {
    padding: 0 16px;
    background: var(--accent);
    color: var(--accent-ink);
    font-weight: 600;
  }
  .plain {
    padding: 0 16px;
    border-color: var(--line);
    background: var(--surface);
  }
  .field {
    width: 100%;
    min-height: 44px;
    padding: 0 12px;
    border: 1px solid var(--line);
    border-radius: calc(var(--radius) - 2px);
    background: var(--surface-2);
  }
  .missing {
    flex: 1;
    display: grid;
    place-content: center;
    justify-items: center;
    height: 100%;
    padding: 24px;
    background: var(--surface);
    text-align: center;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    ::before,
    ::after {
      animation: none !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    button {
      border: 1px solid ButtonText;
    }
  }
`;
