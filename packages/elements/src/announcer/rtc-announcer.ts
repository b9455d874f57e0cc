// The live region of a room.
import type { RoomState } from '@rtc-elements/core';
import { state as reactive } from 'lit/decorators.js';

import { RtcElement } from '../base/rtc-element.js';
import { enNotices } from '../i18n/en-notices.js';
import { announce } from './announcements.js';

/**
 * Renders into its own light DOM, so that the surrounding page decides how the text is read and hidden.
 *
 * @summary Announces what happens in a room to screen readers. Used by `<rtc-room>`; pages do not need it.
 * @tag rtc-announcer
 */
export class RtcAnnouncer extends RtcElement {
  static override words = enNotices;

  @reactive() private said = '';
  #before: RoomState | null = null;

  protected override roomChanged(): void {
    this.#before = null;
    this.said = '';
  }

  protected override takeState(state: RoomState): void {
    const before = this.#before;
    this.#before = state;
    if (!before) return;
    // A visible log announces messages itself.
    const hasLog = (this.rtc.shared?.visibleLogs.size ?? 0) > 0;
    const said = announce(before, state).filter(({ key }) => !(hasLog && key === 'saidMessage'));
    const knocks = state.access.waiting
      .filter(({ session }) => !before.access.waiting.some((one) => one.session === session))
      .map(({ name }) => this.t('saidAsksToJoin', { name }));
    const words = said.map(({ key, name = '', text = '' }) => this.t(key, { name, text }));
    const all = [...words, ...knocks];
    if (all.length > 0) this.said = all.join('. ');
  }

  protected override render(): string {
    return this.said;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
