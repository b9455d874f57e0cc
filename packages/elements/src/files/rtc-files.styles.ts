// The box of a list of files, and the place to drop some.
import { css } from 'lit';

export const filesStyles = css`
  :host {
    container-type: inline-size;
    position: relative;
    display: flex;
    flex-direction: column;
    gap: var(--gap);
    min-width: 0;
    padding: 12px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
  }
  .zone {
    display: grid;
    justify-items: center;
    gap: 2px;
    padding: 14px 10px;
    border: 2px dashed var(--line);
    border-radius: calc(var(--radius) - 2px);
    text-align: center;
    transition: background 120ms;
  }
  .zone.over {
    border-color: var(--accent);
    background: color-mix(in srgb, var(--accent) 12%, transparent);
  }
  .zone > .icon {
    color: var(--ink-2);
    --icon-size: 24px;
  }
  .zone strong {
    font-size: 15px;
  }
  .zone p {
    margin: 0;
    color: var(--ink-2);
    font-size: 12.5px;
  }
  .pick {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: var(--gap);
    margin-top: 8px;
  }
  label {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 10px;
    color: var(--ink-2);
    font-size: 12.5px;
  }
  select {
    flex: 1 1 140px;
    min-width: 0;
    color: var(--ink);
    font-size: 14px;
  }
  .problem {
    margin: 0;
    color: color-mix(in srgb, var(--danger) 85%, var(--ink));
    overflow-wrap: anywhere;
  }
  ul {
    min-height: 0;
    margin: 0;
    padding: 0;
    overflow: auto;
    list-style: none;
  }
  li + li {
    border-block-start: 1px solid var(--line);
  }
  .none {
    margin: 0;
    color: var(--ink-2);
    text-align: center;
  }
  @media (forced-colors: active) {
    .zone.over {
      border-color: Highlight;
    }
  }
`;
