// Styles of the connection details: one block per person.
import { css } from 'lit';

export const statsStyles = css`
  :host {
    container-type: inline-size;
    background: var(--surface);
  }
  ul {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    margin: 0;
    padding: 14px 16px;
    list-style: none;
  }
  h3 {
    margin: 0;
    overflow: hidden;
    font-size: 14px;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .quality {
    margin: 0 0 6px;
    color: var(--ink-2);
    font-size: 12.5px;
  }
  .good {
    color: color-mix(in srgb, var(--ok) 78%, var(--ink));
  }
  .fair {
    color: color-mix(in srgb, var(--warn) 80%, var(--ink));
  }
  .poor {
    color: color-mix(in srgb, var(--danger) 85%, var(--ink));
  }
  dl {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 3px 14px;
    margin: 0;
    font-size: 12.5px;
    font-variant-numeric: tabular-nums;
  }
  dt {
    color: var(--ink-2);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .none {
    margin: 0;
    padding: 24px 16px;
    color: var(--ink-2);
    text-align: center;
  }
  @container (max-width: 260px) {
    dl {
      grid-template-columns: minmax(0, 1fr);
      gap: 0;
    }
    dd {
      margin-bottom: 4px;
    }
  }
`;
