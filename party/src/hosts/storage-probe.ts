/**
 * Tries whether storage can be written, in an object that nobody uses: a write that fails costs an object its
 * sockets (see `room-store.ts`), so no room tries for itself.
 */
import { roomPath } from '@rtc-elements/protocol';

/** No room can have this name (EN-1), so no request from outside reaches the object. */
export const PROBE_ROOM = '$probe';
export const PROBE_PATH = 'probe';

/** More than any frame makes a room write, so a room does not fail again at its next large message. */
const BALLAST = '-'.repeat(100_000);

/** For how long an answer is good: `/health` is open to everybody, and each try costs a write. */
const GOOD_FOR_MS = 2_000;

/** The host in it does not matter: objects are addressed by name. */
export const probeRequest = (): Request =>
  new Request(`https://probe${roomPath(PROBE_ROOM)}/${PROBE_PATH}`, { method: 'POST' });

/** Whether a request to a room asks it to try. The edge lets no such path through from outside. */
export const isProbe = (request: Request): boolean =>
  request.method === 'POST' && new URL(request.url).pathname.endsWith(`/${PROBE_PATH}`);

/** Writes. If that fails, the runtime answers in our place, with an error. */
export async function answerProbe(storage: DurableObjectStorage): Promise<Response> {
  await storage.put(PROBE_PATH, { at: Date.now(), ballast: BALLAST });
  await storage.sync();
  return new Response(null, { status: 204 });
}

let shared: (() => Promise<boolean>) | null = null;

/**
 * Whether objects can write at present, the same answer for every room of this isolate, as each would otherwise try
 * for itself. The first `ask` is used. The result never rejects.
 */
export const sharedProbe = (ask: () => Promise<Response>): (() => Promise<boolean>) =>
  (shared ??= createProbe(ask));

/** Asks at most once per `GOOD_FOR_MS`. */
function createProbe(ask: () => Promise<Response>): () => Promise<boolean> {
  let latest: { readonly at: number; readonly answer: Promise<boolean> } | null = null;
  return () => {
    const now = Date.now();
    if (!latest || now - latest.at > GOOD_FOR_MS) latest = { at: now, answer: canWrite(ask) };
    return latest.answer;
  };
}

const canWrite = (ask: () => Promise<Response>): Promise<boolean> =>
  ask().then(
    ({ status }) => status === 204,
    () => false,
  );
