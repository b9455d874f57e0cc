// The limits of one network, or of one user whom a token names, for all isolates of a deployment (LI-6).
import { DurableObject } from 'cloudflare:workers';

import { Allowance, type LimitedRequest } from '../limits/rules/allowance.js';
import { nameUser, TURN_NAME_MS, type TurnName } from '../limits/rules/turn-names.js';

const NAMES = 'names';
/** A name is stored again when it was last given longer ago than this. */
const STORE_EVERY_MS = 600_000;

/**
 * The Durable Object behind the binding `AddressLimits`. Its name is an id that does not reveal the address. It stores
 * TURN user names, for as long as they count; everything else is in memory.
 */
export class AddressLimits extends DurableObject {
  readonly #allowance = new Allowance();
  #names: readonly TurnName[] | null = null;
  #stored: readonly TurnName[] = [];

  take(request: LimitedRequest, room: string): number {
    return this.#allowance.take(request, room, Date.now());
  }

  async turnName(user: string): Promise<string> {
    this.#names ??= this.#stored = (await this.ctx.storage.get<TurnName[]>(NAMES)) ?? [];
    const now = Date.now();
    const { name, names } = nameUser(this.#names, user, now);
    this.#names = names;
    const storedAt = this.#stored.find((one) => one.name === name)?.at ?? 0;
    if (now - storedAt > STORE_EVERY_MS) {
      this.#stored = names;
      const { storage } = this.ctx;
      // Nobody waits for the disk: if it fails, the address gets a few names more.
      void storage.put(NAMES, names, { allowUnconfirmed: true });
      void storage.setAlarm(now + TURN_NAME_MS + STORE_EVERY_MS, { allowUnconfirmed: true });
    }
    return name;
  }

  /** Nothing is left of an address that has not come back. */
  override async alarm(): Promise<void> {
    this.#names = null;
    this.#stored = [];
    await this.ctx.storage.deleteAll();
  }
}
