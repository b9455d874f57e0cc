// What the elements of one session share of the interface, whoever connects it.
import type { ChatEntry, RtcError } from '@rtc-elements/core';

import type { Messages } from '../i18n/en.js';
import { type OwnedField, Owners } from './owners.js';

/** The panels next to the stage. */
export type Panel = 'chat' | 'people' | 'stats';

/** The message that is being answered or, if `edits`, changed. */
export interface ComposerTarget {
  readonly entry: ChatEntry;
  readonly edits: boolean;
}

const NO_TEXTS: Partial<Messages> = {};

/** Listeners are called when a field changes. */
export abstract class InterfaceState {
  /** Who does what, among the elements of this page that show the session. */
  readonly owners = new Owners<OwnedField>(() => this.notify());
  /** Notices whose toasts the page has suppressed. */
  readonly suppressedNotices = new WeakSet<object>();
  /** Tiles that have a remote track but no frame of it yet. */
  readonly awaitedPictures = new Set<object>();
  /** The texts that each element has. */
  readonly #texts = new WeakMap<object, Partial<Messages>>();
  #fileProblem: RtcError | null = null;
  #hasPicture = false;
  #target: ComposerTarget | null = null;
  #panel: Panel | null = null;

  /** Calls all listeners. */
  abstract notify(): void;

  /** Texts that replace the English ones: those of the first element that has some. */
  get messages(): Partial<Messages> {
    const owner = this.owners.ownerOf('texts');
    return (owner && this.#texts.get(owner)) ?? NO_TEXTS;
  }

  /**
   * The texts that one element has; `null`: none. Call it as often as you like: listeners are called only
   * if that changes what is in use. Returns whether these are new, and others are in use.
   */
  setMessages(element: object, texts: Partial<Messages> | null): boolean {
    const before = this.messages;
    const isNew = texts !== (this.#texts.get(element) ?? null);
    if (texts) this.#texts.set(element, texts);
    else this.#texts.delete(element);
    if (texts) this.owners.claim('texts', element);
    else this.owners.release('texts', element);
    const { messages } = this;
    if (messages !== before) this.notify();
    return isNew && texts !== null && !isSame(texts, messages);
  }

  /** Who says messages to screen readers: the first visible log, or else the announcer, or else any log. */
  get messageSpeaker(): object | undefined {
    const { owners } = this;
    return (
      owners.ownerOf('visible-log') ?? owners.ownerOf('announcements') ?? owners.ownerOf('log')
    );
  }

  /** The open panel, if any. */
  get panel(): Panel | null {
    return this.#panel;
  }

  /** Whether messages can be read. The chat may still be loading into its panel. */
  get showsChat(): boolean {
    return this.#panel === 'chat' || this.owners.ownerOf('visible-log') != null;
  }

  /** Returns the panel that is open afterwards. */
  togglePanel(panel: Panel, force = this.#panel !== panel): Panel | null {
    if (force) this.#panel = panel;
    else if (this.#panel === panel) this.#panel = null;
    this.notify();
    return this.#panel;
  }

  /** The message that the composer answers or edits; `null` if none. */
  get target(): ComposerTarget | null {
    return this.#target;
  }

  setTarget(target: ComposerTarget | null): void {
    this.#target = target;
    this.notify();
  }

  /** Why files that were dropped on somebody were not sent. */
  get fileProblem(): RtcError | null {
    return this.#fileProblem;
  }

  setFileProblem(problem: RtcError | null): void {
    this.#fileProblem = problem;
    this.notify();
  }

  /** Whether a remote picture has been shown. */
  get hasPicture(): boolean {
    return this.#hasPicture;
  }

  /** Call when a remote picture is shown. */
  notePicture(): void {
    if (this.#hasPicture) return;
    this.#hasPicture = true;
    this.notify();
  }
}

function isSame(one: Partial<Messages>, other: Partial<Messages>): boolean {
  const keys = Object.keys({ ...one, ...other }) as (keyof Messages)[];
  return keys.every((key) => one[key] === other[key]);
}
