// Does what the buttons of a transfer say.
import type { FileSelection, Transfer } from '@rtc-elements/core';

import { viewOf } from '../base/view-of.js';
import type { RoomController } from '../session/room-controller.js';
import type { RequestOutcome, RtcAction } from '../session/requests/request-map.js';
import { choosePlace } from './choose-place.js';
import { deskOf } from './file-desk.js';
import { pickFiles } from './pick-files.js';
import { saveFile } from './save-file.js';
import type { TransferButton } from './transfer-buttons.js';

/** The element whose button it is. */
export interface TransferHost extends HTMLElement {
  readonly rtc: RoomController;
}

/** Call it within the click. `reason`: what the sender reads of an offer that is declined. */
export async function perform(
  host: TransferHost,
  button: TransferButton,
  transfer: Transfer,
  reason = '',
): Promise<void> {
  const { id } = transfer;
  if (button === 'accept') await accept(host, transfer);
  else if (button === 'resume') await resume(host, transfer);
  else if (button === 'save') await save(host, id);
  else await ask(host, id, actionOf(button, id, reason));
}

function actionOf(
  button: Exclude<TransferButton, 'accept' | 'resume' | 'save'>,
  id: string,
  reason: string,
): RtcAction {
  if (button === 'decline') return { do: 'decline-transfer', id, ...(reason && { reason }) };
  return { do: `${button === 'remove' ? 'discard' : button}-transfer`, id };
}

/** Asks a person for what they share, such as a file in a chat. Resolves with whether it comes. */
export async function download(
  host: TransferHost,
  shared: { readonly id: string; readonly name: string; readonly size: number },
  from: readonly string[],
): Promise<RequestOutcome<'request-files'> | null> {
  const sink = await choosePlace({ ...shared, kind: 'file' }, viewOf(host));
  if (sink === false) return null;
  let outcome: RequestOutcome<'request-files'> | null = null;
  // Of several sessions of the sender, only the one that sent the message has the file.
  for (const session of from) {
    const action = { do: 'request-files', shared: shared.id, session } as const;
    outcome = await host.rtc.request({ ...action, ...(sink && { sink }) });
    if (outcome.status !== 'failed') break;
  }
  const { shared: room } = host.rtc;
  if (outcome?.status === 'done' && room && !sink) {
    deskOf(room).saveWhenDone(outcome.value, host.ownerDocument);
  }
  return outcome;
}

async function accept(host: TransferHost, transfer: Transfer): Promise<void> {
  const { id } = transfer;
  const sink = await choosePlace(transfer, viewOf(host));
  const { shared } = host.rtc;
  if (sink === false || !shared) return;
  const isIn = await ask(host, id, { do: 'accept-transfer', id, ...(sink && { sink }) });
  if (isIn && !sink) deskOf(shared).saveWhenDone(id, host.ownerDocument);
}

async function resume(host: TransferHost, { id, needsFiles, kind }: Transfer): Promise<void> {
  let files: FileSelection | null = null;
  if (needsFiles) {
    files = await pickFiles(host.ownerDocument, { folder: kind === 'folder' });
    if (!files) return;
  }
  await ask(host, id, { do: 'resume-transfer', id, ...(files && { files }) });
}

async function save(host: TransferHost, id: string): Promise<void> {
  const outcome = await host.rtc.request({ do: 'take-transfer', id });
  if (outcome.status === 'done') saveFile(outcome.value, host.ownerDocument);
  tell(host, id, outcome);
}

/** Makes a request, and keeps why it failed. Resolves with whether it was carried out. */
async function ask(host: TransferHost, id: string, action: RtcAction): Promise<boolean> {
  const outcome = await host.rtc.request(action);
  tell(host, id, outcome);
  return outcome.status === 'done';
}

function tell({ rtc }: TransferHost, id: string, outcome: RequestOutcome): void {
  if (!rtc.shared) return;
  deskOf(rtc.shared).setFailure(id, outcome.status === 'failed' ? outcome.error : null);
}
