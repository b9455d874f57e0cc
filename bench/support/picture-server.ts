/**
 * A program for the servers' host of `first-picture`: `<order as JSON>`. Serves the pages, our room,
 * PeerJS's server and LiveKit, once as they are and once over HTTP/2 and TLS. Sends the origins of
 * the pages to its parent when all of them answer.
 */
import { once } from 'node:events';

import { PeerServer } from 'peer';

import { startLiveKit } from '../../scripts/support/livekit.mjs';
import { makeLiveKitToken } from '../../scripts/support/livekit-token.mjs';
import { type Certificate, type Content, startFront } from './front.js';
import {
  bundleLiveKit,
  liveKitPage,
  oursPage,
  peerPage,
  peerScript,
  readBuild,
} from './picture-pages.js';
import { startRoom } from './room.js';

/** What the parent wants. */
export interface Order {
  readonly address: string;
  /** Folders of our builds, by label. */
  readonly builds: Readonly<Record<string, string>>;
  readonly certificate: Certificate;
}

/** Origins of the pages. */
export interface Sites {
  readonly plain: string;
  readonly secure: string;
}

/** Our page and our room have one origin, as when they are deployed; the others' servers are elsewhere. */
const PORTS = {
  plain: { site: 8_080, peer: 8_081, livekit: 8_082 },
  secure: { site: 8_443, peer: 8_444, livekit: 8_445 },
} as const;
const LOCAL = '127.0.0.1';
const PEER_PORT = 9_000;
const LIVEKIT_PORT = 7_880;

const order = JSON.parse(process.argv[2] ?? '{}') as Order;
const room = await startRoom(undefined, { host: LOCAL });
await new Promise<void>((resolve) => {
  PeerServer({ host: LOCAL, port: PEER_PORT, path: '/' }, () => resolve());
});
const peerServer = `http://${LOCAL}:${PEER_PORT}`;
const livekit = await startLiveKit({ address: order.address, port: LIVEKIT_PORT });
const files = await readFiles();
const sites: Sites = { plain: await serve('plain'), secure: await serve('secure') };
process.send?.(sites);
await once(process, 'disconnect');
await livekit.stop();
process.exit();

async function readFiles(): Promise<ReadonlyMap<string, Content>> {
  const { js, css } = await bundleLiveKit();
  const builds = Object.entries(order.builds).flatMap(([label, folder]) =>
    [...readBuild(folder)].map(([name, content]) => [`/builds/${label}/${name}`, content] as const),
  );
  return new Map([
    ...builds,
    ['/peerjs.min.js', peerScript()],
    ['/livekit.js', js],
    ['/livekit.css', css],
  ]);
}

async function serve(kind: keyof Sites): Promise<string> {
  const { address: host, certificate } = order;
  const ports = PORTS[kind];
  const secure = kind === 'secure' ? certificate : undefined;
  await startFront({ host, secure, port: ports.peer, behind: peerServer });
  const behind = await startFront({ host, secure, port: ports.livekit, behind: livekit.url });
  const pages = makePages({
    liveKitUrl: behind.replace(/^http/, 'ws'),
    peer: { host, port: ports.peer, secure: secure !== undefined },
  });
  const find = async (url: URL): Promise<Content | null> => {
    const query = Object.fromEntries(url.searchParams) as unknown as Query;
    return files.get(url.pathname) ?? (await pages[url.pathname]?.(query)) ?? null;
  };
  return startFront({ host, secure, port: ports.site, find, behind: room.url });
}

/** Where the others' servers are. */
interface Elsewhere {
  readonly liveKitUrl: string;
  readonly peer: { readonly host: string; readonly port: number; readonly secure: boolean };
}

interface Query {
  readonly room: string;
  readonly who: 'first' | 'second';
  /** The label of one of ours. */
  readonly build: string;
}

type MakePage = (query: Query) => Content | Promise<Content>;

function makePages({ liveKitUrl, peer }: Elsewhere): Readonly<Record<string, MakePage>> {
  const makePeer =
    (named: boolean): MakePage =>
    ({ room: name, who }) => {
      const ids = { first: `${name}-first`, second: named ? `${name}-second` : undefined };
      const other = who === 'second' ? ids.first : undefined;
      return peerPage({ ...peer, me: ids[who], other });
    };
  return {
    '/ours': ({ build, room: name }) => oursPage(build, name),
    '/peerjs': makePeer(false),
    '/peerjs-named': makePeer(true),
    '/livekit': async ({ room: name, who }) => {
      const grants = { roomJoin: true, room: name };
      const token = await makeLiveKitToken(livekit, { identity: who, grants });
      return liveKitPage({ url: liveKitUrl, token });
    },
  };
}
