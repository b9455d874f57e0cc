/** Passes on data for peers that have no link to each other, and stores nothing of it (DA-1). */
import type { DataSendMessage } from '@rtc-elements/protocol';

import type { RoomConnection } from '../ports.js';
import { isReachable, type SessionRecord } from '../rules/room-book.js';
import type { Roster } from './roster.js';
import { send } from './send.js';

/** Returns how many bytes were sent because of it: the message, counted once, or the answer. */
export function relayData(
  roster: Roster,
  connection: RoomConnection,
  sender: SessionRecord,
  { ref, to, data }: DataSendMessage,
): number {
  const takers: string[] = [];
  const gone: string[] = [];
  const unable: string[] = [];
  for (const session of new Set(to)) {
    const record = roster.book.sessions.get(session);
    const socket = record && isReachable(record) ? roster.connectionOf(record) : undefined;
    if (!socket || session === sender.session) gone.push(session);
    else if (socket.note.takesData) takers.push(session);
    else unable.push(session);
  }
  const message = { type: 'data', from: sender.session, data } as const;
  const bytes = roster.deliverFrom(sender, { to: takers, message });
  const answered = send(connection, {
    type: 'data.ack',
    ref,
    ...(gone.length > 0 && { gone }),
    ...(unable.length > 0 && { unable }),
  });
  return Math.max(bytes, answered);
}
