/**
 * An edge room as it is deployed: workerd and the Worker, without the proxy that `wrangler dev` puts
 * in front of both, which costs each socket 2.5 ms to open and each frame half a millisecond.
 */
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';
import { Miniflare } from 'miniflare';

const WORKER = fileURLToPath(new URL('../../party/src/worker.ts', import.meta.url));

export interface BenchRoom {
  /** Its origin, on a free port of loopback. */
  readonly url: string;
  close(): Promise<void>;
}

export interface BenchRoomOptions {
  /** Of the Durable Object. */
  readonly className?: string;
  /** Variables of the deployment. */
  readonly vars?: Readonly<Record<string, string>>;
  /** Default: loopback. */
  readonly host?: string;
  /** Default: a free one. */
  readonly port?: number;
  /** The folder of the rooms' storage. Default: one that goes with the room. */
  readonly persistTo?: string;
  /** Hears each line that the runtime prints. Default: the console. */
  readonly onLine?: (line: string) => void;
}

/** `entry`: another Worker with the same binding, to compare with. */
export async function startRoom(
  entry = WORKER,
  options: BenchRoomOptions = {},
): Promise<BenchRoom> {
  const { className = 'PartyServerRoom', vars = {}, host = '127.0.0.1', port = 0 } = options;
  const { persistTo, onLine } = options;
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    external: ['cloudflare:*', 'node:*'],
    conditions: ['@rtc-elements/source', 'workerd', 'worker', 'browser'],
  });
  const runtime = new Miniflare({
    modules: true,
    script: outputFiles[0]?.text ?? '',
    compatibilityDate: '2026-03-01',
    durableObjects: { Room: { className, useSQLite: true } },
    bindings: { LOG: 'quiet', ...vars },
    host,
    port,
    ...(persistTo !== undefined && { durableObjectsPersist: persistTo }),
    ...(onLine && {
      handleRuntimeStdio: (...streams) => {
        for (const stream of streams) createInterface(stream).on('line', onLine);
      },
    }),
    cf: false,
  });
  const { origin } = await runtime.ready;
  return { url: origin, close: () => runtime.dispose() };
}
