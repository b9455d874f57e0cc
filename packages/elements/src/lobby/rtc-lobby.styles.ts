import { css } from 'lit';

/** Preview and form side by side; stacked below 640 px. */
export const lobbyStyles = css`
  :host {
    container-type: inline-size;
    display: grid;
    min-height: 100%;
    background: var(--surface);
    overflow: auto;
  }
  .lobby {
    display: grid;
    grid-template-columns: minmax(0, 1.35fr) minmax(260px, 1fr);
    align-items: center;
    align-content: center;
    gap: 28px;
    width: 100%;
    max-width: 1080px;
    margin: auto;
    padding: 24px 32px;
  }
  .preview {
    position: relative;
    aspect-ratio: 16 / 10;
  }
  .preview rtc-tile {
    height: 100%;
    --rtc-radius: 14px;
  }
  rtc-tile::part(name) {
    inset-block: 10px auto;
    inset-inline-start: 10px;
  }
  .buttons {
    position: absolute;
    inset: auto 0 12px;
    display: flex;
    justify-content: center;
    gap: var(--gap);
  }
  .buttons button {
    width: 44px;
    border-color: var(--line);
    border-radius: 50%;
    background: var(--surface);
  }
  .buttons .off {
    background: color-mix(in srgb, var(--danger) 16%, var(--surface));
    color: var(--danger);
  }
  h2 {
    margin: 0;
    font-size: 22px;
    line-height: 1.25;
    overflow-wrap: anywhere;
  }
  .here {
    margin: 4px 0 0;
    min-height: 1.45em;
    color: var(--ink-2);
  }
  form {
    display: grid;
    gap: 12px;
    min-width: 0;
  }
  label,
  .caption {
    display: block;
    margin-bottom: 4px;
    color: var(--ink-2);
    font-size: 12.5px;
  }
  .picker {
    position: relative;
  }
  select {
    appearance: none;
    padding-inline-end: 36px;
    text-overflow: ellipsis;
  }
  .picker > .icon {
    position: absolute;
    bottom: 14px;
    inset-inline-end: 12px;
    pointer-events: none;
    --icon-size: 16px;
  }
  .row {
    display: flex;
    gap: var(--gap);
  }
  .row .picker {
    flex: 1;
    min-width: 0;
  }
  .test {
    align-self: end;
    padding: 0 14px;
    color: var(--accent);
    font-weight: 600;
  }
  rtc-level-meter {
    margin-top: 6px;
  }
  .primary {
    min-height: 48px;
    margin-top: 4px;
    font-size: 15px;
  }
  .problem {
    display: flex;
    gap: 8px;
    margin: 0;
    color: var(--danger);
    font-size: 12.5px;
    --icon-size: 16px;
  }
  @container (max-width: 640px) {
    .lobby {
      grid-template-columns: minmax(0, 1fr);
      gap: 16px;
      padding: 16px;
    }
    .preview {
      aspect-ratio: 4 / 3;
      width: 100%;
      max-height: 240px;
    }
  }
`;
