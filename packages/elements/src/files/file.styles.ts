// Styles of one file: in a list, on a card, and in a chat.
import { css } from 'lit';

export const fileStyles = css`
  .quiet {
    inset: 0 auto auto 0;
  }
  .file {
    display: grid;
    grid-template: 'sign what buttons' auto 'reason reason reason' auto / auto minmax(0, 1fr) auto;
    align-items: center;
    gap: 0 10px;
    min-height: 52px;
  }
  .sign {
    grid-area: sign;
    display: grid;
    place-items: center;
    width: 40px;
    height: 40px;
    border-radius: calc(var(--radius) - 4px);
    background: var(--surface-3);
    color: var(--ink-2);
    object-fit: cover;
  }
  .what {
    grid-area: what;
    padding-block: 6px;
  }
  .name {
    display: block;
    overflow: hidden;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .facts,
  .status {
    margin: 0;
    color: var(--ink-2);
    font-size: 12.5px;
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
  }
  .wrong {
    color: color-mix(in srgb, var(--danger) 85%, var(--ink));
  }
  progress {
    display: block;
    appearance: none;
    width: 100%;
    height: 6px;
    margin-block: 5px 3px;
    overflow: hidden;
    border: 0;
    border-radius: 3px;
    background: var(--surface-3);
    color: var(--accent);
  }
  progress::-webkit-progress-bar {
    background: var(--surface-3);
  }
  progress::-webkit-progress-value {
    background: var(--accent);
  }
  progress::-moz-progress-bar {
    background: var(--accent);
  }
  .buttons {
    grid-area: buttons;
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: var(--gap);
  }
  .sign-button {
    color: var(--ink-2);
  }
  .reason {
    grid-area: reason;
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: var(--gap);
    padding-block: 4px 8px;
  }
  .reason .field {
    flex: 1 1 140px;
    width: auto;
    min-width: 0;
  }
  /* Words need their own line where there is no room for them beside the name. */
  @container (max-width: 380px) {
    .file:has(.buttons > :is(.plain, .primary)) {
      grid-template: 'sign what' auto 'buttons buttons' auto 'reason reason' auto / auto minmax(
          0,
          1fr
        );
    }
    .buttons:has(> :is(.plain, .primary)) {
      padding-block-end: 8px;
    }
  }
  @container (max-width: 300px) {
    .file:has(.buttons > :nth-child(2)) {
      grid-template:
        'sign what' auto 'buttons buttons' auto 'reason reason' auto / auto
        minmax(0, 1fr);
    }
  }
  @media (forced-colors: active) {
    progress {
      appearance: auto;
      height: 12px;
    }
    .sign {
      border: 1px solid CanvasText;
    }
  }
`;
