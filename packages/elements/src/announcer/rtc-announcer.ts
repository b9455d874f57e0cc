// The live region of a room.
import type { RoomState } from '@rtc-elements/core';
import { state as reactive } from 'lit/decorators.js';

import { enNotices } from '../i18n/en-notices.js';
import { NamingElement } from '../names/naming-element.js';
import { announce, isMessage } from './announcements.js';

/**
 * Renders into its own light DOM, so that the surrounding page decides how the text is read and hidden.
 *
 * @summary Announces what happens in a room to screen readers. Used by `<rtc-room>`; pages do not need it.
 * @tag rtc-announcer
 */
export class RtcAnnouncer extends NamingElement {
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
    // Two room elements of one session must not say everything twice.
    if (!this.rtc.owns('announcements')) this.said = '';
    else if (before) this.#say(before, state);
  }

  #say(before: RoomState, state: RoomState): void {
    // A visible log announces messages itself.
    const saysMessages = this.rtc.shared?.messageSpeaker === this;
    const said = announce(before, state).filter(({ key }) => saysMessages || !isMessage(key));
    const knocks = state.access.waiting
      .filter(({ session }) => !before.access.waiting.some((one) => one.session === session))
      .map((person) => this.t('saidAsksToJoin', { name: this.nameOf(person) }));
    const words = said.map(({ key, person, text = '', count = 1 }) =>
      this.t(key, { name: person ? this.nameOf(person) : '', text, count }),
    );
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
