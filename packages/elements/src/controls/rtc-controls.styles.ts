import { css } from 'lit';

/** Round buttons in one row. Below 440 px, the less common ones move into the menu. */
export const controlsStyles = css`
  :host {
    container-type: inline-size;
    position: relative;
  }
  .bar {
    position: relative;
    display: flex;
    flex-wrap: nowrap;
    justify-content: center;
    gap: var(--gap);
  }
  .split {
    position: relative;
    display: flex;
    gap: 2px;
  }
  .bar button {
    position: relative;
    width: 44px;
    border-color: var(--line);
    border-radius: 50%;
    background: var(--surface);
  }
  .bar button:hover {
    background: var(--surface-2);
  }
  .split > button:first-child {
    width: 46px;
    border-start-start-radius: 22px;
    border-end-start-radius: 22px;
    border-start-end-radius: 4px;
    border-end-end-radius: 4px;
  }
  .split > button[data-menu] {
    width: 28px;
    min-width: 28px;
    border-start-start-radius: 4px;
    border-end-start-radius: 4px;
    border-start-end-radius: 22px;
    border-end-end-radius: 22px;
    --icon-size: 16px;
  }
  .bar button.off,
  .bar button.off:hover {
    border-color: transparent;
    background: color-mix(in srgb, var(--danger) 16%, var(--surface));
    color: var(--danger);
  }
  .bar button.on,
  .bar button.on:hover {
    border-color: transparent;
    background: color-mix(in srgb, var(--accent) 16%, var(--surface));
    color: var(--accent);
  }
  .bar button.leave {
    width: auto;
    padding: 0 18px;
    border-color: transparent;
    border-radius: 22px;
    background: var(--danger);
    color: var(--danger-ink);
    font-weight: 600;
  }
  .bar button.leave:hover {
    background: color-mix(in srgb, var(--danger) 88%, #000);
  }
  .badge {
    position: absolute;
    top: -5px;
    inset-inline-end: -5px;
    min-width: 18px;
    padding: 0 5px;
    border-radius: 9px;
    background: var(--accent);
    color: var(--accent-ink);
    font-size: 11px;
    font-weight: 700;
    line-height: 18px;
    text-align: center;
  }
  .menu {
    position: absolute;
    z-index: 3;
    bottom: calc(100% + 8px);
    inset-inline-start: 0;
    width: max-content;
    min-width: 200px;
    max-width: min(320px, 100cqi);
    max-height: 300px;
    padding: 6px;
    overflow-y: auto;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
    box-shadow: 0 8px 28px rgb(0 0 0 / 18%);
  }
  .more > .menu {
    inset-inline: 0;
    margin-inline: auto;
  }
  .menu h3 {
    margin: 0;
    padding: 8px 10px 4px;
    color: var(--ink-2);
    font-size: 12px;
    font-weight: 600;
  }
  .bar .menu button {
    display: flex;
    justify-content: flex-start;
    width: 100%;
    padding: 0 10px;
    border: 0;
    border-radius: 8px;
    background: none;
    text-align: start;
    --icon-size: 18px;
  }
  .bar .menu button:hover,
  .bar .menu button:focus-visible {
    background: var(--surface-2);
  }
  .menu [role='menuitemcheckbox'][aria-checked='true'] {
    color: var(--accent);
  }
  .menu button > span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .menu [role='menuitemradio'][aria-checked='false'] > .icon {
    visibility: hidden;
  }
  .more {
    display: none;
  }
  @container (max-width: 560px) {
    .bar button.leave {
      width: 44px;
      padding: 0;
    }
    .leave span {
      display: none;
    }
  }
  @container (max-width: 440px) {
    .wide,
    .split > button[data-menu] {
      display: none;
    }
    .split > button:first-child {
      width: 44px;
      border-radius: 50%;
    }
    .more {
      display: block;
    }
  }
  @container (max-width: 270px) {
    .bar {
      gap: 3px;
    }
  }
  @media (forced-colors: active) {
    .bar button.on {
      border-color: Highlight;
    }
  }
`;
