// Files that are dropped on a tile go to the person in it.
import type { DroppedItem } from '../files/dropped-items.js';
import { type DropHost, FileDrop } from '../files/file-drop.js';
import { readDropped } from '../files/read-dropped.js';
import { failed } from '../session/requests/outcome.js';
import type { RoomController } from '../session/room-controller.js';

/** What it needs of a tile. */
interface Tile extends DropHost {
  readonly rtc: RoomController;
  /** The session id of the person; empty for the local user. */
  readonly session: string;
}

export const createTileDrop = (tile: Tile): FileDrop =>
  new FileDrop(
    tile,
    () => tile.session !== '' && tile.rtc.state?.connection === 'connected',
    (items) => void send(tile, items),
  );

/** What does not work is shown over the stage. */
async function send(tile: Tile, items: readonly DroppedItem[]): Promise<void> {
  // The tile may be another person's by the time that a folder was read.
  const { rtc, session } = tile;
  const { shared } = rtc;
  const outcome = await readDropped(items).then(
    (files) => rtc.request({ do: 'send-files', files, to: session }),
    failed,
  );
  shared?.setFileProblem(outcome.status === 'failed' ? outcome.error : null);
}
