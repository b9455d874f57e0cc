// Which messages of an earlier stay the room has after all: their acks may have been lost.
import { type ChatMessage, LIMITS, type UnsentMessage } from '@rtc-elements/protocol';

import type { RoomContext } from '../room/room-context.js';
import type { Requests } from '../signaling/requests.js';
import type { ChatEntry } from '../state/room-state.js';

/** How far our idea of the room's clock may be off, ms. */
const SKEW_MS = 10_000;

/**
 * The ids of those of `messages`, by `user`, that are shown or in the room's history. Reads that as far back as they were
 * written, and shows none of it: nobody has asked to see it.
 * @throws RtcError if the room does not answer.
 */
export async function findStored(
  room: Pick<RoomContext, 'getSnapshot'>,
  requests: Pick<Requests, 'ask'>,
  user: string,
  messages: readonly UnsentMessage[],
): Promise<ReadonlySet<string>> {
  const since = Math.min(...messages.map(({ at }) => at)) - SKEW_MS;
  const stored = new Set<string>();
  const look = (page: readonly (ChatMessage | ChatEntry)[]): void => {
    for (const message of page) if (message.user === user) stored.add(message.id);
  };
  // Those that are shown as not sent are not in the room for that.
  const shown = (): readonly ChatEntry[] =>
    room.getSnapshot().chat.entries.filter(({ seq }) => seq !== null);
  let page: readonly (ChatMessage | ChatEntry)[] = shown();
  let { more } = room.getSnapshot().chat;
  for (;;) {
    look(page);
    const [first] = page;
    if (!more || !first?.seq || first.at < since) break;
    ({ messages: page, more } = await requests.ask(
      { type: 'chat.history', before: first.seq, limit: LIMITS.pageMessages },
      'until-answered',
    ));
  }
  // What was still on its way has come meanwhile.
  look(shown());
  return stored;
}
