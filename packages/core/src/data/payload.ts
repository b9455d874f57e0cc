// What a page sends, read once when it calls: as JSON, or as a copy of its bytes.

/** `json`: absent for nothing at all. `cause`: why it is neither. */
export type Payload =
  | { readonly json?: string | undefined; readonly bytes?: undefined; readonly cause?: unknown }
  | { readonly bytes: Uint8Array<ArrayBuffer>; readonly binary: string };

/** What is wrong with it is found by `checkPayload()`, which is loaded with what sends it. */
export function readPayload(data: unknown): Payload {
  if (data === undefined) return {};
  const isView = ArrayBuffer.isView(data);
  if (!isView && !(data instanceof ArrayBuffer)) return readJson(data);
  const bytes = isView
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
  return {
    bytes: new Uint8Array(bytes),
    binary: Object.prototype.toString.call(data).slice(8, -1),
  };
}

function readJson(data: unknown): Payload {
  try {
    const json = JSON.stringify(data) as string | undefined;
    return json === undefined ? { cause: null } : { json };
  } catch (cause) {
    return { cause };
  }
}
