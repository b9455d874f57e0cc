// What messages show besides their text: a quote, reactions, and who has seen them.
import type { ChatEntry, RoomState } from '@rtc-elements/core';
import { html, nothing } from 'lit';

import type { ChatRow } from './chat-rows.js';
import {
  type ExtraContext,
  hasReactions,
  renderEdited,
  renderQuote,
  renderReactions,
  renderSeen,
} from './row-extras.js';
import { type Seen, seenBy } from './seen-by.js';
import type { When } from '../../i18n/when.js';

/** What a click on an extra does, and the texts. */
export type ExtraActions = Pick<ExtraContext, 't' | 'labelOf' | 'onReveal' | 'onReact'>;

/** The extras of all rows, for the latest snapshot. */
export class MessageExtras {
  readonly #actions: ExtraActions;
  #snapshot: RoomState | null = null;
  #entries: readonly ChatEntry[] = [];
  #bySeq: ReadonlyMap<number | null, ChatEntry> = new Map();
  #seen: Seen | null = null;
  #context: ExtraContext | null = null;
  #isNamed = false;
  #version = 0;

  constructor(actions: ExtraActions) {
    this.#actions = actions;
  }

  /** Changes whenever a row may have to be rendered again. */
  get version(): number {
    return this.#version;
  }

  /** Call with each snapshot before rendering rows. `isNamed`: namesakes can be told apart now. */
  take(snapshot: RoomState, when: When, isNamed = false): void {
    const { chat, peers, you } = snapshot;
    const before = this.#snapshot;
    const isSame = before?.chat === chat && before.peers === peers && before.you === you;
    const isNamedAnew = isNamed !== this.#isNamed;
    if (isSame && !isNamedAnew && this.#context?.when === when) return;
    this.#isNamed = isNamed;
    this.#snapshot = snapshot;
    this.#version += 1;
    if (chat.entries !== this.#entries) {
      this.#entries = chat.entries;
      this.#bySeq = new Map(chat.entries.map((entry) => [entry.seq, entry]));
    }
    const seen = seenBy(chat.entries, peers, you?.user, this.#actions.labelOf);
    if (seen?.seq !== this.#seen?.seq || String(seen?.names) !== String(this.#seen?.names))
      this.#seen = seen;
    this.#context = { ...this.#actions, when, user: you?.user, nameOf: this.#nameOf };
  }

  /** A row is rendered again when one of these values changes. */
  stamps({ entry: { seq, replyTo } }: ChatRow): readonly unknown[] {
    return [replyTo && this.#bySeq.get(replyTo), seq === this.#seen?.seq && this.#seen];
  }

  /** What a row shows above its text. */
  above({ entry: { replyTo, deleted } }: ChatRow): unknown {
    if (!replyTo || deleted || !this.#context) return nothing;
    return renderQuote(replyTo, this.#bySeq.get(replyTo), this.#context);
  }

  /** What a row shows below its text. */
  below({ entry }: ChatRow): unknown {
    const context = this.#context;
    if (!context || entry.seq === null) return nothing;
    const seen = this.#seen?.seq === entry.seq ? this.#seen : null;
    return html`${entry.editedAt && !entry.deleted ? renderEdited(entry.editedAt, context) : nothing}
    ${hasReactions(entry) ? renderReactions(entry, context) : nothing}
    ${seen ? renderSeen(seen, context) : nothing}`;
  }

  /** From the people in the room, or else from the messages. */
  readonly #nameOf = (user: string): string => {
    const { peers = [], you } = this.#snapshot ?? {};
    const known = user === you?.user ? you : peers.find((peer) => peer.user === user);
    const person = known ?? this.#entries.findLast((entry) => entry.user === user);
    return person ? this.#actions.labelOf(person) : '…';
  };
}
