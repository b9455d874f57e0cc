// What the methods of elements do by which a page sends files.
import type { FileOffer, FileSelection, OfferOptions } from '@rtc-elements/core';

import { noFilesError, sendOptionsError } from '../session/requests/misuse.js';
import type { RequestOutcome, RtcAction } from '../session/requests/request-map.js';

/** The element whose method is called. */
interface SendingElement {
  readonly updateComplete: Promise<unknown>;
  readonly rtc: {
    request(action: RtcAction<'send-files'>): Promise<RequestOutcome<'send-files'>>;
  };
}

/**
 * Offers files, once `element` has its room. `null`: a listener prevented the request. `options`: called when it is known who
 * is in the room.
 * @throws RtcError as `room.files.offer()` does.
 */
export async function sendFiles(
  element: SendingElement,
  files: FileSelection,
  options: () => OfferOptions | undefined,
): Promise<FileOffer | null> {
  const all = readFiles(files);
  await element.updateComplete;
  const outcome = await element.rtc.request({
    do: 'send-files',
    files: all,
    ...readOptions(options()),
  });
  if (outcome.status === 'failed') throw outcome.error;
  return outcome.status === 'done' ? outcome.value : null;
}

function readFiles(files: FileSelection): FileSelection {
  try {
    if (isFile(files)) return files;
    const all = typeof files === 'object' ? [...files] : [null];
    if (all.every(isFile)) return all;
  } catch {
    // It cannot be read.
  }
  throw noFilesError();
}

/** With the `to` that was misspelt left out, everybody would be asked. */
function readOptions(options: OfferOptions = {}): OfferOptions {
  try {
    const { to, name, ...others } = options;
    const isRight =
      Object.prototype.toString.call(options) === '[object Object]' &&
      Object.keys(others).length === 0 &&
      [to, name].every(isTexts);
    if (isRight) return { ...(to !== undefined && { to }), ...(name !== undefined && { name }) };
  } catch {
    // It cannot be read.
  }
  throw sendOptionsError();
}

/** A file, or a handle of a file or folder. */
const isFile = (value: unknown): value is File | FileSystemHandle =>
  value instanceof Blob || typeof (value as FileSystemHandle).isSameEntry === 'function';

const isTexts = (value: unknown): boolean =>
  value === undefined || [value].flat().every((one) => typeof one === 'string');
