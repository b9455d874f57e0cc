// The door in storage: what must outlast sleep, and the words of whoever waits at it.
import type { HelloMessage } from '@rtc-elements/protocol';

import type { RoomStore } from '../ports.js';
import { type RoomAccess, OPEN_DOOR, type Waiting } from '../rules/access.js';

const DOOR = 'door';
const PREFIX = 'k:';

/** Somebody at the door, with what they said. */
export interface JoinRequest {
  readonly person: Waiting;
  readonly hello: HelloMessage;
}

export class AccessStore {
  readonly #store: RoomStore;

  constructor(store: RoomStore) {
    this.#store = store;
  }

  async load(): Promise<{ door: RoomAccess; knocks: readonly JoinRequest[] }> {
    const [door, knocks] = await Promise.all([
      this.#store.get<RoomAccess>(DOOR),
      this.#store.list<JoinRequest>({ prefix: PREFIX }),
    ]);
    return { door: door ?? OPEN_DOOR, knocks: [...knocks.values()] };
  }

  /** Everything but who waits, each of whom has a key of their own. */
  save(door: RoomAccess): void {
    this.#store.putSoon({ [DOOR]: { ...door, waiting: [] } });
  }

  add(knock: JoinRequest): void {
    this.#store.putSoon({ [PREFIX + knock.person.session]: knock });
  }

  remove(session: string): void {
    this.#store.deleteSoon([PREFIX + session]);
  }
}
