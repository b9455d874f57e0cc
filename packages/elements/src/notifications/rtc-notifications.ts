// <rtc-notifications>: toasts for events and for notices from the backend, and a count in the page's
// title.
import type { NotifyEvent, Room, RoomState } from '@rtc-elements/core';
import type { NoticeLevel, NotifyMessage } from '@rtc-elements/protocol';
import { type CSSResultGroup, html, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';

import { announce, isMessage } from '../announcer/announcements.js';
import { RtcElement } from '../base/rtc-element.js';
import { enNotices } from '../i18n/en-notices.js';
import { LazyPart } from '../lazy/lazy-part.js';
import { NamingElement } from '../names/naming-element.js';
import type { OwnedField } from '../session/owners.js';
import { notificationsStyles } from './rtc-notifications.styles.js';
import { maySystemAsk } from './may-system-ask.js';
import type { TitleCount } from './title-count.js';
import { tellOnce } from './told-once.js';
import { renderNotice, renderWord } from './toast.js';

/** How long a toast is shown: for an event, and for a notice from the backend. */
const WORD_MS = 5_000;
const NOTICE_MS = 6_000;
const MOST_TOASTS = 3;

/** Only a page that nobody looks at has a count in its title. */
const title = new LazyPart(() => import('./title-count.js'));
/** Only where `notify` has them. */
const system = new LazyPart(() => import('./system-notice.js'));
const sound = new LazyPart(() => import('./chime.js'));

/** A toast: a few words about an event, or a notice from the backend. */
interface Toast {
  readonly id: number;
  readonly kind: 'word' | NoticeLevel;
  readonly title: string;
  readonly body?: string;
  /**
   * Whether it has the button that turns on system notifications. It then stays until it is dismissed.
   */
  readonly asks?: boolean;
}

/**
 * Errors stay until they are dismissed. Other toasts disappear by themselves, but not while they are
 * hovered or focused, or while the page is hidden.
 *
 * @summary Toasts for joins, messages and notices from the backend; optionally a sound, a count in the page's title, and system notifications.
 * @tag rtc-notifications
 *
 * @csspart toast - Each toast.
 */
export class RtcNotifications extends NamingElement {
  static override styles: CSSResultGroup = [RtcElement.styles, notificationsStyles];
  static override words = enNotices;

  /** How to announce events: `toast`, `sound`, `title`, `system`. */
  @property() notify = 'toast title';

  /** `notices`: only those from the backend, for a chat, in which everything else is visible. */
  @property() only: 'notices' | '' = '';

  @state() private toasts: readonly Toast[] = [];
  #before: RoomState | null = null;
  #lastId = 0;
  #room: Room | null = null;
  /** Notices that came while the page was hidden. */
  #unseen = 0;
  #hasAsked = false;
  /** Whether its toasts are read to people who cannot see them, rather than those of another element. */
  #isRead = true;
  /** Whether it may ask for the permission that system notifications need. */
  #mayAsk = true;
  #title: TitleCount | null = null;
  #stop: AbortController | null = null;
  readonly #animated = new WeakSet<Element>();

  override connectedCallback(): void {
    super.connectedCallback();
    const { signal } = (this.#stop = new AbortController());
    this.ownerDocument.addEventListener('visibilitychange', this.#onVisibility, { signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.abort();
    this.#title?.clear();
    this.#listenTo(null);
    this.#before = null;
  }

  protected override roomChanged(): void {
    this.#before = null;
    this.#unseen = 0;
    this.toasts = [];
  }

  protected override takeState(state: RoomState): void {
    this.#listenTo(this.rtc.room);
    const before = this.#before;
    this.#before = state;
    const { shared } = this.rtc;
    const unread = (shared?.unread ?? 0) + this.#unseen;
    const counted = this.#has('title') && this.ownerDocument.hidden ? unread : 0;
    if (counted > 0 && !this.#title) {
      const module = title.use(() => this.requestUpdate());
      if (module) this.#title = new module.TitleCount();
    }
    this.#title?.show(counted, shared ?? this, this.ownerDocument);
    const shows = this.#has('toast');
    this.#isRead = this.#take('toasts', shows);
    this.#mayAsk = this.#take('permission', shows && this.#has('system'));
    if (!before || this.only || !this.#has('toast')) return;
    for (const { isNews, key, person, text = '', count = 1 } of announce(before, state)) {
      if (!isNews || (shared?.showsChat && isMessage(key))) continue;
      const name = person ? this.nameOf(person) : '';
      this.#add({ kind: 'word', title: this.t(key, { name, text, count }) });
    }
  }

  protected override render(): TemplateResult {
    return html`${repeat(
      this.toasts,
      ({ id }) => id,
      (toast) => this.#renderToast(toast),
    )}`;
  }

  /** A toast lasts as long as its animation, which pauses while the page is hidden. */
  protected override updated(): void {
    for (const toast of this.renderRoot.querySelectorAll<HTMLElement>('.toast')) {
      if (this.#animated.has(toast)) continue;
      this.#animated.add(toast);
      const { kind, asks } = this.toasts.find(({ id }) => String(id) === toast.dataset['id']) ?? {};
      const lifeMs = kind === 'error' || asks ? 0 : kind === 'word' ? WORD_MS : NOTICE_MS;
      if (lifeMs === 0) {
        toast.animate([{ opacity: 0 }, { opacity: 1 }], 160);
        continue;
      }
      const frames = [
        { opacity: 0 },
        { opacity: 1, offset: 0.03 },
        { opacity: 1, offset: 0.97 },
        { opacity: 0 },
      ];
      toast.animate(frames, lifeMs).onfinish = () => this.#drop(Number(toast.dataset['id']));
    }
  }

  #renderToast({ id, kind, title, body, asks }: Toast): TemplateResult {
    // The live region announces this too, so the toast is hidden from screen readers.
    if (kind === 'word') return renderWord(id, title);
    return renderNotice(
      { level: kind, title, body },
      {
        id,
        isRead: this.#isRead,
        dismiss: this.t('dismiss'),
        onDrop: () => this.#drop(id),
        onPause: this.#onPause,
        ...(asks && {
          ask: this.t('systemAsk'),
          turnOn: this.t('systemTurnOn'),
          onTurnOn: () => this.#turnOn(id),
        }),
      },
    );
  }

  /** Whether it owns `field`, which it may only if it does that. */
  #take(field: OwnedField, does: boolean): boolean {
    if (!does) this.rtc.disowns(field);
    return does && this.rtc.owns(field);
  }

  #has(token: string): boolean {
    return this.notify.split(/\s+/).includes(token);
  }

  #add(toast: Omit<Toast, 'id'>): void {
    const all = [...this.toasts, { ...toast, id: (this.#lastId += 1) }];
    // Toasts that would disappear by themselves are removed first.
    while (all.length > MOST_TOASTS) {
      const goes = all.findIndex(({ kind, asks }) => kind !== 'error' && !asks);
      all.splice(Math.max(goes, 0), 1);
    }
    this.toasts = all;
  }

  #drop(id: number): void {
    this.toasts = this.toasts.filter((toast) => toast.id !== id);
  }

  #listenTo(room: Room | null): void {
    if (room === this.#room) return;
    this.#room?.removeEventListener('notify', this.#onNotify);
    this.#room = room;
    room?.addEventListener('notify', this.#onNotify);
  }

  /** Deferred, so that the page can prevent the notice even if its listener runs later. */
  readonly #onNotify = ({ notice }: NotifyEvent): void => {
    queueMicrotask(() => {
      if (!this.rtc.shared?.suppressedNotices.has(notice)) this.#tell(notice);
    });
  };

  #tell(notice: NotifyMessage): void {
    const { level, title, body } = notice;
    if (this.ownerDocument.hidden) {
      this.#unseen += 1;
      const show = (): void => system.use(show)?.showSystem(notice);
      if (this.#has('system')) tellOnce('system', notice, show);
    }
    const ring = (): void => sound.use(ring)?.chime(level);
    if (this.#has('sound')) tellOnce('sound', notice, ring);
    if (this.#has('toast')) {
      const asks = this.#mayAsk && !this.#hasAsked && maySystemAsk();
      this.#hasAsked ||= asks;
      this.#add({ kind: level, title, asks, ...(body !== undefined && { body }) });
    }
    this.requestUpdate();
  }

  /** Called within a click, without which browsers do not ask for permission. */
  #turnOn(id: number): void {
    this.#drop(id);
    void Notification.requestPermission();
  }

  /** A toast stays while it is hovered or focused. */
  readonly #onPause = (event: Event): void => {
    const toast = event.currentTarget as HTMLElement;
    for (const animation of toast.getAnimations()) {
      if (toast.matches(':hover, :focus-within')) animation.pause();
      else animation.play();
    }
  };

  readonly #onVisibility = (): void => {
    if (!this.ownerDocument.hidden) this.#unseen = 0;
    this.requestUpdate();
  };
}
