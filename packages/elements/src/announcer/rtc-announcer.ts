// The live region of a room.
import type { RoomState } from '@rtc-elements/core';
import { state as reactive } from 'lit/decorators.js';

import { RtcElement } from '../base/rtc-element.js';
import { enNotices } from '../i18n/en-notices.js';
import { announce } from './announcements.js';

/**
 * Its words are its own text, so that the page that it stands in decides how it is read and hidden.
 *
 * @summary Tells screen readers what happens in a room. Part of `<rtc-room>`; a page need not use it.
 * @tag rtc-announcer
 */
export class RtcAnnouncer extends RtcElement {
  static override words = enNotices;

  @reactive() private said = '';
  #before: RoomState | null = null;

  protected override takeState(state: RoomState): void {
    const before = this.#before;
    this.#before = state;
    if (!before) return;
    // A log on the screen says itself what is written.
    const hasLog = (this.rtc.shared?.visibleLogs.size ?? 0) > 0;
    const said = announce(before, state).filter(({ key }) => !(hasLog && key === 'saidMessage'));
    const knocks = state.access.waiting
      .filter(({ session }) => !before.access.waiting.some((one) => one.session === session))
      .map(({ name }) => this.t('saidKnock', { name }));
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
