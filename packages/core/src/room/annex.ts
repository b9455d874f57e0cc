/** What most stays never need; loaded when it is first wanted (docs/decisions/0009). */
import {
  type AccessMessage,
  type BasicMessage,
  decodeAnnexMessage,
  type StateMessage,
} from '@rtc-elements/protocol';

import { RtcError } from '../state/errors.js';
import type { Annex, AnnexHost, IceCredentials } from '../ports.js';
import { patch } from '../state/patch.js';
import { ignoreFrame } from '../support/log.js';
import { KnockEvent, NotifyEvent, StateChangeEvent } from '../api/annex-events.js';
import { applyValues } from '../shared-state/rules/apply-values.js';
import { ChatHistory } from '../chat/history.js';
import { IceRenewal } from '../signaling/ice-credentials.js';
import { createModeration } from '../moderation/moderation.js';
import { explainRefusal } from '../signaling/refusal.js';
import { Requests } from '../signaling/requests.js';
import { createRevisions } from '../chat/message-edits.js';
import { createValues } from '../shared-state/shared-state.js';

class RoomAnnex implements Annex {
  readonly #host: AnnexHost;
  readonly #requests: Requests;
  readonly #ice: IceRenewal;
  readonly #history: ChatHistory;
  readonly moderation: Annex['moderation'];
  readonly chat: Annex['chat'];
  readonly values: Annex['values'];
  /** Sessions that were announced, over broken connections, too. */
  #knocked = new Set<string>();

  constructor(host: AnnexHost) {
    this.#host = host;
    this.#requests = new Requests(host);
    this.#history = new ChatHistory(host);
    this.moderation = createModeration(this.#requests);
    this.chat = {
      ...createRevisions(this.#requests),
      history: (options) => this.#history.get(options),
    };
    this.values = createValues(this.#requests);
    this.#ice = new IceRenewal(host.clock, {
      ask: () => this.#requests.ask({ type: 'ice.get' }),
      use: (grant) => host.useIce(grant),
    });
  }

  receive(frame: unknown): void {
    const decoded = decodeAnnexMessage(frame);
    if (!decoded.ok) return ignoreFrame(decoded.fault);
    const { message } = decoded;
    switch (message.type) {
      case 'access':
        return this.#onAccess(message);
      case 'state':
        return this.#onState(message);
      case 'notify':
        return this.#host.dispatchEvent(new NotifyEvent(message));
      case 'chat.page':
        this.#history.receive(message);
        return this.#requests.receive(message);
      case 'ice':
      case 'done':
        return this.#requests.receive(message);
    }
  }

  hear(message: BasicMessage): void {
    if (message.type !== 'error') return;
    this.#requests.onError(message);
    this.#history.onError(message);
  }

  keepIce(grant: IceCredentials): void {
    this.#ice.keep(grant);
  }

  onTurnRefused(): void {
    this.#host.reportError(
      new RtcError(
        'turn-refused',
        'A relay did not accept the pass for this call. A fresh one is asked for.',
        { retryable: true },
      ),
    );
    this.#ice.refresh();
  }

  readonly explain = explainRefusal;

  onWelcome(): void {
    this.#history.resend();
  }

  onUnreachable(): void {
    this.#ice.stop();
    this.#requests.onUnreachable();
  }

  close(): void {
    this.#ice.stop();
    this.#requests.close();
    this.#history.close();
  }

  #onAccess({ locked, waiting = [], banned = [] }: AccessMessage): void {
    const { access } = this.#host.getSnapshot();
    this.#host.dispatch({
      type: 'annex',
      changes: { access: patch(access, { locked, waiting, banned }) },
    });
    const known = this.#knocked;
    this.#knocked = new Set(waiting.map(({ session }) => session));
    for (const person of waiting) {
      if (!known.has(person.session)) this.#host.dispatchEvent(new KnockEvent(person));
    }
  }

  #onState(message: StateMessage): void {
    const { after, news } = applyValues(this.#host.getSnapshot().sharedState, message);
    this.#host.dispatch({ type: 'annex', changes: { sharedState: after } });
    if (news.length > 0) this.#host.dispatchEvent(new StateChangeEvent(news));
  }
}

export { peekRoom } from '../preflight/request-people.js';

/** Makes the annex of one room. */
export const createAnnex = (host: AnnexHost): Annex => new RoomAnnex(host);
