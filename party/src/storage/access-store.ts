// Stores who may enter the room, and the join requests in the waiting room, so that both outlast sleep.
import type { HelloMessage } from '@rtc-elements/protocol';

import type { RoomStore } from '../ports.js';
import { OPEN_ACCESS, type RoomAccess, type Waiting } from '../rules/access.js';

// The names in storage. Existing rooms have them, so they cannot change.
const ACCESS = 'door';
const PREFIX = 'k:';

/** Somebody in the waiting room, and the `hello` they sent. */
export interface JoinRequest {
  readonly person: Waiting;
  readonly hello: HelloMessage;
}

export class AccessStore {
  readonly #store: RoomStore;

  constructor(store: RoomStore) {
    this.#store = store;
  }

  async load(): Promise<{ access: RoomAccess; requests: readonly JoinRequest[] }> {
    const [access, requests] = await Promise.all([
      this.#store.get<RoomAccess>(ACCESS),
      this.#store.list<JoinRequest>({ prefix: PREFIX }),
    ]);
    return { access: access ?? OPEN_ACCESS, requests: [...requests.values()] };
  }

  /** Saves everything but the waiting room: each join request has a key of its own. */
  save(access: RoomAccess): void {
    this.#store.putSoon({ [ACCESS]: { ...access, waiting: [] } });
  }

  add(request: JoinRequest): void {
    this.#store.putSoon({ [PREFIX + request.person.session]: request });
  }

  remove(session: string): void {
    this.#store.deleteSoon([PREFIX + session]);
  }
}
