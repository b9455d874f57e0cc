// The requests that are about files.
import type { Room } from '@rtc-elements/core';

import type { SharedRoom } from '../shared-room.js';
import type { Carriers } from './carrier.js';
import type { ParametersOf, RequestName, ValueOf } from './request-map.js';

type FileRequest =
  Extract<RequestName, `${string}-transfer`> | 'send-files' | 'share-files' | 'request-files';

export const FILE_CARRIERS: Carriers<FileRequest> = {
  'send-files': async (shared, { files, ...options }) => {
    const offer = await shared.room.files.offer(files, options);
    // The list has changed, of which not everybody has heard before.
    shared.notify();
    return offer;
  },
  'share-files': shareFiles,
  'request-files': ({ room }, { shared, session, sink }) =>
    room.files.request(shared, session, sink === undefined ? {} : { sink }),
  'accept-transfer': ({ room }, { id, sink }) =>
    room.files.accept(id, sink === undefined ? {} : { sink }),
  'decline-transfer': ({ room }, { id, reason }) =>
    reason === undefined ? room.files.decline(id) : room.files.decline(id, reason),
  'pause-transfer': ({ room }, { id }) => room.files.pause(id),
  'resume-transfer': ({ room }, { id, files }) =>
    files === undefined ? room.files.resume(id) : room.files.resume(id, files),
  'cancel-transfer': ({ room }, { id }) => room.files.cancel(id),
  'discard-transfer': ({ room }, { id }) => room.files.discard(id),
  'take-transfer': ({ room }, { id }) => room.files.take(id),
};

/** Nobody gets a file of which the room was not told, or of which the message was deleted. */
async function shareFiles(
  { room }: SharedRoom,
  { files, text, replyTo }: ParametersOf<'share-files'>,
): Promise<ValueOf<'share-files'>> {
  const { id, name, size, type } = await room.files.share(files);
  const file = { id, name, size, type };
  try {
    const sent = await room.chat.send(text, { file, ...(replyTo !== undefined && { replyTo }) });
    unshareWithMessage(room, sent.seq, id);
    return sent;
  } catch (error) {
    // One that failed is still shown, and may be sent again.
    const { entries } = room.getSnapshot().chat;
    if (!entries.some((entry) => entry.file?.id === id)) room.files.unshare(id);
    throw error;
  }
}

/** Leaving the room ends all that is shared. */
function unshareWithMessage(room: Room, seq: number, id: string): void {
  const stop = room.subscribe(() => {
    const { chat, connection } = room.getSnapshot();
    const isDeleted = chat.entries.some((entry) => entry.seq === seq && entry.deleted);
    if (connection !== 'closed' && !isDeleted) return;
    stop();
    if (isDeleted) room.files.unshare(id);
  });
}
