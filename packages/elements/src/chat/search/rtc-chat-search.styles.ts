// Styles of the search panel, which covers the log below the header.
import { css } from 'lit';

export const chatSearchStyles = css`
  :host {
    flex: none;
  }

  .toggle {
    color: var(--ink-2);
  }

  .toggle[aria-expanded='true'] {
    background: color-mix(in srgb, var(--accent) 14%, var(--surface));
    color: var(--accent);
  }

  .panel {
    position: absolute;
    z-index: 3;
    inset: var(--top, 49px) 0 0;
    display: flex;
    flex-direction: column;
    overflow: auto;
    background: var(--surface);
    animation: show 120ms;
  }

  @keyframes show {
    from {
      opacity: 0;
    }
  }

  form {
    display: flex;
    flex: none;
    gap: var(--gap);
    padding: 10px 12px;
  }

  .field {
    flex: 1;
    min-inline-size: 0;
  }

  .primary {
    flex: none;
    padding: 0;
  }

  .count {
    margin: 0;
    padding: 0 16px 6px;
    color: var(--ink-2);
    font-size: 12.5px;
  }

  ul {
    margin: 0;
    padding: 0 6px 8px;
    list-style: none;
  }

  .result {
    display: grid;
    gap: 0;
    justify-content: stretch;
    inline-size: 100%;
    padding: 8px 10px;
    text-align: start;
  }

  .meta {
    display: flex;
    gap: 8px;
    align-items: baseline;
  }

  .meta bdi {
    overflow: hidden;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  time {
    flex: none;
    color: var(--ink-2);
    font-size: 12px;
  }

  .text {
    display: -webkit-box;
    overflow: hidden;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }

  .far .text {
    display: block;
    white-space: pre-wrap;
  }

  mark {
    border-radius: 3px;
    background: color-mix(in srgb, var(--accent) 22%, transparent);
    color: inherit;
    font-weight: 600;
  }

  .note {
    margin: 0;
    padding: 0 10px 8px;
    color: var(--ink-2);
    font-size: 12px;
  }

  .more {
    flex: none;
    align-self: center;
    margin-block-end: 12px;
  }
`;
