// <rtc-grid>: the tiles of everybody in the call.
import type { RoomState } from '@rtc-elements/core';
import {
  css,
  type CSSResultGroup,
  html,
  nothing,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';

import { cssProperties } from '../base/css-properties.js';
import { RtcElement } from '../base/rtc-element.js';
import { viewOf } from '../base/view-of.js';
import { enRoom } from '../i18n/en-room.js';
import { TILE_PARTS } from '../tile/tile-parts.js';
import { type Box, packTiles } from './pack-tiles.js';

/** Space for the ring around a tile whose person speaks. */
const MARGIN = 4;
const GAP = 8;

interface Slot {
  readonly session: string;
  readonly source: 'camera' | 'screen';
}

/**
 * @summary The tiles of everybody in the call: screens first, then people in the order they joined.
 * @tag rtc-grid
 *
 * @slot empty - Shown while nobody else is in the call.
 *
 * @fires rtc-request - What the button of a tile requests.
 *
 * @csspart tile - Each tile.
 * @csspart empty - The note shown while nobody else is in the call.
 */
export class RtcGrid extends RtcElement {
  static override styles: CSSResultGroup = [
    RtcElement.styles,
    css`
      :host {
        --direction: 1;
        position: relative;
        min-width: 0;
        min-height: 0;
        overflow: hidden;
      }
      /* Moved by transforms alone, which cost no layout and count as no layout shift. */
      rtc-tile {
        position: absolute;
        inset-block-start: 0;
        inset-inline-start: 0;
        contain: layout;
        translate: calc(var(--x) * var(--direction)) var(--y);
      }
      :host(:dir(rtl)) {
        --direction: -1;
      }
      :host([moves]) rtc-tile {
        transition: translate 180ms ease-out;
      }
      .empty {
        position: absolute;
        inset: 16px 16px auto;
        width: fit-content;
        max-width: calc(100% - 32px);
        margin: 0 auto;
        padding: 8px 14px;
        border-radius: 10px;
        background: rgb(12 14 18 / 72%);
        color: #fff;
        font-size: 12.5px;
        text-align: center;
        text-wrap: balance;
      }
    `,
  ];
  static override words = enRoom;

  @state() private area: Box | null = null;
  @state() private slots: readonly Slot[] = [];
  @state() private isAlone = false;

  #observer: ResizeObserver | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    const { ResizeObserver } = viewOf(this);
    this.#observer = new ResizeObserver(([entry]) => {
      if (!entry) return;
      const { width, height } = entry.contentRect;
      this.area = {
        x: MARGIN,
        y: MARGIN,
        width: Math.max(0, width - 2 * MARGIN),
        height: Math.max(0, height - 2 * MARGIN),
      };
    });
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
  }

  protected override takeState({ connection, you, peers, media }: RoomState): void {
    const inCall = peers.filter(({ call }) => call > 0);
    const own = { session: '', source: 'camera' } as const;
    this.isAlone = connection === 'connected' && inCall.length === 0 && (you?.call ?? 0) > 0;
    this.slots = [
      ...inCall
        .filter((peer) => peer.media.screen)
        .map(({ session }) => ({ session, source: 'screen' as const })),
      ...(media.screen.status === 'on' ? [{ session: '', source: 'screen' as const }] : []),
      ...inCall.map(({ session }) => ({ session, source: 'camera' as const })),
      ...(you && you.call === 0 ? [] : [own]),
    ];
  }

  /** Tiles glide to their places when somebody comes or goes, but stay with the edges of a window that is resized. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.toggleAttribute('moves', !(changed as Map<string, unknown>).has('area'));
  }

  protected override render(): unknown {
    if (!this.area) return nothing;
    const screens = this.slots.filter(({ source }) => source === 'screen').length;
    const boxes = packTiles(this.area, screens, this.slots.length - screens, GAP);
    return html`
      ${repeat(
        this.slots,
        ({ session, source }) => `${session} ${source}`,
        (slot, index) => this.#renderTile(slot, boxes[index]),
      )}
      <div part="empty" class="empty" ?hidden=${!this.isAlone}>
        <slot name="empty"><strong>${this.t('alone')}</strong><br />${this.t('aloneHint')}</slot>
      </div>
    `;
  }

  #renderTile({ session, source }: Slot, box?: Box): TemplateResult {
    const place = {
      '--x': `${box?.x ?? 0}px`,
      '--y': `${box?.y ?? 0}px`,
      width: `${box?.width ?? 0}px`,
      height: `${box?.height ?? 0}px`,
    };
    return html`<rtc-tile
      part="tile"
      exportparts=${TILE_PARTS}
      .session=${session}
      .source=${source}
      ${cssProperties(place)}
    ></rtc-tile>`;
  }
}
