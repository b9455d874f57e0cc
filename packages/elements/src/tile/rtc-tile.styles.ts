import { css } from 'lit';

/**
 * Styles of a tile in each of its reflected states. What is not at its start is moved there by transforms, so that a
 * tile of another size is no layout shift.
 */
export const tileStyles = css`
  :host {
    --direction: 1;
    position: relative;
    container-type: size;
    border-radius: calc(var(--radius) - 2px);
    background: var(--tile);
    color: var(--tile-ink);
  }
  :host(:dir(rtl)) {
    --direction: -1;
  }
  :host::after {
    content: '';
    position: absolute;
    inset: -4px;
    border: 2px solid var(--accent);
    border-radius: calc(var(--radius) + 2px);
    opacity: 0;
    transition: opacity 200ms;
    pointer-events: none;
  }
  :host([speaking])::after {
    opacity: 1;
  }
  .frame,
  video {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    overflow: hidden;
  }
  /* The picture alone has round corners: one round clip inside another costs a copy of every frame. */
  video {
    border-radius: calc(var(--radius) - 2px);
    object-fit: cover;
    transition:
      opacity 160ms,
      filter 200ms;
  }
  :host([source='screen']) video {
    object-fit: contain;
  }
  :host([self][source='camera']) video {
    transform: scaleX(-1);
  }
  video.waiting {
    opacity: 0;
  }
  :host([connection='reconnecting']) video,
  :host([connection='failed']) video {
    filter: brightness(0.45) saturate(0.6);
  }
  .avatar {
    --avatar-size: clamp(32px, 34cqmin, 76px);
    position: absolute;
    inset-block-start: 0;
    inset-inline-start: 0;
    translate: calc((50cqw - 50%) * var(--direction)) calc(50cqh - 50%);
  }
  .avatar span {
    --middle: calc((var(--avatar-size) - 100%) / 2);
    position: absolute;
    inset-block-start: 0;
    inset-inline-start: 0;
    translate: calc(var(--middle) * var(--direction)) var(--middle);
  }
  :host([connection='connecting']) .avatar {
    animation: pulse 2s ease-in-out 1s infinite;
  }
  @keyframes pulse {
    50% {
      opacity: 0.45;
    }
  }
  .label {
    --top: calc(50cqh + clamp(16px, 17cqmin, 38px) + 10px);
    position: absolute;
    inset-block-start: 0;
    inset-inline-start: 0;
    translate: calc((50cqw - 50%) * var(--direction)) var(--top);
    max-width: calc(100% - 16px);
    padding: 2px 8px;
    border-radius: 7px;
    background: rgb(12 14 18 / 60%);
    color: #e3e6ec;
    font-size: 12.5px;
  }
  .label button {
    margin-inline-start: 6px;
    padding-inline: 0;
    white-space: nowrap;
    color: inherit;
    font: inherit;
    text-decoration: underline;
  }
  .label button:hover {
    background: rgb(255 255 255 / 14%);
  }
  .chip {
    position: absolute;
    display: flex;
    align-items: center;
    gap: 6px;
    max-width: calc(100% - 16px);
    padding: 4px 8px;
    border-radius: 7px;
    background: rgb(12 14 18 / 72%);
    color: #fff;
    font-size: 12.5px;
    line-height: 18px;
    --icon-size: 14px;
  }
  .chip > span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .name {
    --inset: 8px;
    inset-block-start: 0;
    inset-inline-start: 0;
    translate: calc(var(--inset) * var(--direction)) calc(100cqh - 100% - var(--inset));
  }
  .name .icon {
    color: #ff8f97;
  }
  .top {
    inset-block-start: 8px;
    inset-inline-start: 0;
    translate: calc((100cqw - 100% - 8px) * var(--direction));
    padding: 6px;
  }
  .hand {
    translate: calc(8px * var(--direction));
    color: #f2b25b;
  }
  .quality {
    color: #f2b25b;
  }
  :host([quality='poor']) .quality {
    color: #ff8f97;
  }
  .quality path:nth-child(n + 4),
  :host([quality='poor']) .quality path:nth-child(3) {
    opacity: 0.35;
  }
  .quality .icon {
    stroke-width: 3;
  }
  .drop {
    position: absolute;
    inset: 0;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 6px;
    padding: 8px;
    border: 2px dashed var(--accent);
    border-radius: inherit;
    background: rgb(12 14 18 / 78%);
    color: #fff;
    font-weight: 600;
    text-align: center;
    overflow-wrap: anywhere;
    pointer-events: none;
  }
  /* There is no space for the label between the initials and the name. */
  @container (max-height: 280px) {
    .label {
      --top: 8px;
    }
  }
  /* Only the button fits. */
  @container (max-width: 230px) {
    :host([connection='failed']) .label span {
      display: none;
    }
    .label button {
      margin: 0;
    }
  }
  @container (max-height: 90px) {
    :host(:not([connection='failed'])) .label {
      display: none;
    }
    .label {
      --top: 2px;
      padding-block: 0;
    }
    .name {
      --inset: 4px;
      padding: 2px 6px;
    }
  }
  @media (forced-colors: active) {
    :host {
      border: 1px solid CanvasText;
    }
    :host([speaking])::after {
      border-color: Highlight;
    }
    .chip {
      border: 1px solid CanvasText;
    }
  }
`;
