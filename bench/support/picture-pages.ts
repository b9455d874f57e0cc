/** The pages of `first-picture`: the same call of two, as the documentation of each way begins. */
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

import { type Content, contentOf } from './front.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const require = createRequire(import.meta.url);

const page = (head: string, body: string): Content =>
  contentOf(
    'text/html',
    `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <link rel="icon" href="data:," />
    <title>Call</title>
    ${head}
  </head>
  <body style="margin: 0">
    ${body}
  </body>
</html>
`,
  );

const script = (content: string): Content => contentOf('text/javascript', content);

/** A build of ours: its files by name. */
export function readBuild(folder: string): ReadonlyMap<string, Content> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.js'));
  return new Map(names.map((name) => [name, script(readFileSync(join(folder, name), 'utf8'))]));
}

/** Ours, in its default look; `build`: the label of one. */
export const oursPage = (build: string, room: string): Content =>
  page(
    `<script type="module" src="/builds/${build}/rtc-elements.min.js"></script>`,
    `<rtc-room room="${room}" name="Somebody" autojoin style="height: 100vh"></rtc-room>`,
  );

export const peerScript = (): Content =>
  script(readFileSync(require.resolve('peerjs/dist/peerjs.min.js'), 'utf8'));

export interface PeerCall {
  /** `undefined`: the server is asked for one, as `new Peer()` does. */
  readonly me: string | undefined;
  /** Whom to call; `undefined`: waits for a call. */
  readonly other: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
}

/** PeerJS, as its README begins. The camera opens while the server is asked, not after. */
export const peerPage = (call: PeerCall): Content =>
  page(
    '<script src="/peerjs.min.js"></script>',
    `<video id="own" autoplay muted playsinline></video>
    <video id="other" autoplay playsinline></video>
    <script>
      const { me, other, ...server } = ${JSON.stringify(call)};
      const media = navigator.mediaDevices.getUserMedia({ audio: true, video: true });
      const peer = new Peer(me, { ...server, path: '/', config: { iceServers: [] } });
      const show = (id, stream) => (document.getElementById(id).srcObject = stream);
      media.then((stream) => show('own', stream));
      peer.on('call', async (call) => {
        call.on('stream', (stream) => show('other', stream));
        call.answer(await media);
      });
      peer.on('open', async () => {
        if (!other) return;
        peer.call(other, await media).on('stream', (stream) => show('other', stream));
      });
    </script>`,
  );

const LIVEKIT_APP = `
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { LiveKitRoom, VideoConference } from '@livekit/components-react';
const { url: serverUrl, token } = window.call;
const room = { serverUrl, token, connect: true, audio: true, video: true, style: { height: '100vh' } };
createRoot(document.getElementById('root')).render(
  createElement(LiveKitRoom, { ...room, 'data-lk-theme': 'default' }, createElement(VideoConference)),
);
`;

/** LiveKit's prebuilt conference with React, bundled as a production build would be. */
export async function bundleLiveKit(): Promise<{ readonly js: Content; readonly css: Content }> {
  const { outputFiles } = await build({
    stdin: { contents: LIVEKIT_APP, resolveDir: ROOT },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
  });
  const css = readFileSync(require.resolve('@livekit/components-styles'), 'utf8');
  return { js: script(outputFiles[0]?.text ?? ''), css: contentOf('text/css', css) };
}

/** The token is in the page already: an application would fetch it first. */
export const liveKitPage = (call: { readonly url: string; readonly token: string }): Content =>
  page(
    `<link rel="stylesheet" href="/livekit.css" />
    <script>window.call = ${JSON.stringify(call)};</script>
    <script type="module" src="/livekit.js"></script>`,
    '<div id="root"></div>',
  );
