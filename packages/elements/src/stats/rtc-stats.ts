// <rtc-stats>: the figures of the link to each person, for finding out why a connection is bad.
import type { Peer, PictureStats, RoomState } from '@rtc-elements/core';
import { type CSSResultGroup, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';

import { RtcElement } from '../base/rtc-element.js';
import { enStats } from '../i18n/en-stats.js';
import type { MessageKey } from '../i18n/en.js';
import { CalendarController } from '../i18n/calendar-controller.js';
import { NamingElement } from '../names/naming-element.js';
import { LINK_WORDS } from '../view/link-words.js';
import { qualityWords } from '../view/quality-words.js';
import {
  createStatsFormat,
  formatPictureSize,
  type StatsFormat,
  transportOf,
} from './format-stats.js';
import { statsStyles } from './rtc-stats.styles.js';

/** A figure: its name and its formatted value. */
type Line = readonly [key: MessageKey, value: string];

/**
 * @summary The link to each person: quality with its reason, path, round trip, loss, bitrates, pictures and codecs. Updated once a second while the page is visible.
 * @tag rtc-stats
 *
 * @csspart list - The list.
 * @csspart person - Each person.
 * @csspart quality - The quality in words.
 * @csspart good - In addition to `quality`.
 * @csspart fair - In addition to `quality`.
 * @csspart poor - In addition to `quality`.
 * @csspart figures - The figures of a person.
 */
export class RtcStats extends NamingElement {
  static override styles: CSSResultGroup = [RtcElement.styles, statsStyles];
  static override words = enStats;

  @state() private people: readonly Peer[] = [];
  #format: StatsFormat | null = null;
  readonly #calendar = new CalendarController(this, () => this.people.length > 0, false);

  protected override takeState({ peers }: RoomState): void {
    this.people = peers.filter(({ link }) => link.status !== 'none');
  }

  protected override render(): TemplateResult {
    const { language } = this.#calendar;
    if (this.#format?.language !== language) this.#format = null;
    const format = (this.#format ??= createStatsFormat(language));
    if (this.people.length === 0) {
      return html`<p class="none" tabindex="-1">${this.t('statsNone')}</p>`;
    }
    return html`<ul part="list" tabindex="-1" aria-label=${this.t('stats')}>
      ${repeat(
        this.people,
        ({ session }) => session,
        (peer) => this.#renderPerson(peer, format),
      )}
    </ul>`;
  }

  #renderPerson(peer: Peer, format: StatsFormat): TemplateResult {
    const { quality } = peer.link;
    const name = this.nameOf(peer);
    return html`<li part="person">
      <h3 title=${name}>${name}</h3>
      <p part="quality ${quality ?? ''}" class="quality ${quality ?? ''}">${this.#summary(peer)}</p>
      ${
        peer.link.stats
          ? html`<dl part="figures">
              ${this.#linesOf(peer, format).map(
                ([key, value]) =>
                  html`<dt>${this.t(key)}</dt>
                    <dd>${value}</dd>`,
              )}
            </dl>`
          : nothing
      }
    </li>`;
  }

  #summary({ link }: Peer): string {
    const { status } = link;
    if (status !== 'connected')
      return this.t(LINK_WORDS[status === 'none' ? 'connecting' : status]);
    return qualityWords(link, (key) => this.t(key)) || this.t('statsUnknown');
  }

  #linesOf({ link }: Peer, format: StatsFormat): readonly Line[] {
    const { stats, path } = link;
    if (!stats) return [];
    const way = path ? this.t(path === 'relayed' ? 'relayed' : 'direct') : '';
    return [
      ['statsPath', [way, transportOf(stats)].filter(Boolean).join(', ')],
      ['statsRoundTrip', stats.rttMs === null ? '' : format.milliseconds(stats.rttMs)],
      ['statsReceived', this.#flow(stats.inBps, stats.loss, format)],
      ['statsSent', this.#flow(stats.outBps, stats.lossOut, format)],
      ['statsPictureIn', this.#picture(stats.pictureIn, format)],
      ['statsPictureOut', this.#picture(stats.pictureOut, format)],
      ['statsCodecs', stats.codecs.join(', ')],
    ].map(([key, value]) => [key as MessageKey, value || this.t('statsUnknown')]);
  }

  #flow(bps: number, loss: number | null, format: StatsFormat): string {
    const rate = format.bitrate(bps);
    return loss === null ? rate : this.t('statsLost', { rate, share: format.share(loss) });
  }

  #picture(picture: PictureStats | null, format: StatsFormat): string {
    if (!picture) return this.t('statsNoPicture');
    return this.t('statsPicture', {
      size: formatPictureSize(picture),
      fps: format.number(picture.fps),
    });
  }
}
