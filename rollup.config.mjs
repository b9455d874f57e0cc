/**
 * The files for pages without a build, made from what `tsc -b` compiled (docs/decisions/0004). Which
 * capability is in which file is said here and nowhere else (docs/decisions/0019).
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';

import { licenses } from './scripts/support/rollup-licenses.mjs';
import { minifyTemplates } from './scripts/support/rollup-templates.mjs';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const { version } = JSON.parse(readFileSync(at('packages/elements/package.json'), 'utf8'));
const banner = `/*! rtc-elements ${version} | MIT */`;

const CORE = 'packages/core/dist';
const ELEMENTS = 'packages/elements/dist';

/** What enters a call. A page for meetings wants it at once, a page that chats may never. */
const CALL = `${CORE}/call/call.js`;

/** Our devices, for a call and for a lobby. */
const MEDIA = `${CORE}/media/local-media.js`;

/** Capabilities with a file of their own, by the modules through which they are loaded. */
const CHUNKS = {
  // Asked for together with the socket; the others import from it, as it is there before them.
  interface: [
    `${ELEMENTS}/lazy/interface.js`,
    `${ELEMENTS}/i18n/en-entry.js`,
    // Of two panels and of the list of files, each of which may come without the others.
    `${ELEMENTS}/files/pick-files.js`,
    // Said to a developer after a while, when it is there already.
    `${ELEMENTS}/room/autojoin-hint.js`,
  ],
  screens: `${ELEMENTS}/lazy/screens.js`,
  chat: `${ELEMENTS}/lazy/chat.js`,
  panels: `${ELEMENTS}/lazy/panels.js`,
  // Only where a page shows where people point.
  cursors: `${ELEMENTS}/lazy/cursors.js`,
  // Only where somebody sends, is offered or was sent files.
  'file-elements': `${ELEMENTS}/lazy/files.js`,
  // Only where two people may have names that look the same.
  names: `${ELEMENTS}/names/namesakes.js`,
  // Only where days or figures are written, and where a page counts while nobody looks.
  calendar: `${ELEMENTS}/i18n/calendar.js`,
  title: `${ELEMENTS}/notifications/title-count.js`,
  alerts: [`${ELEMENTS}/notifications/chime.js`, `${ELEMENTS}/notifications/system-notice.js`],
  // Only where somebody uses an element.
  focus: `${ELEMENTS}/base/keep-focus.js`,
  // Only where somebody wrote an address.
  links: `${ELEMENTS}/chat/links/linkify.js`,
  // Only where something was not sent.
  unsent: [
    `${CORE}/chat/left-messages.js`,
    `${CORE}/chat/stored-messages.js`,
    'packages/protocol/dist/unsent.js',
    'packages/protocol/dist/value-codec.js',
  ],
  // What a host asks for, and what elements do that are not ours.
  requests: `${ELEMENTS}/session/requests/more-requests.js`,
  call: CALL,
  // Our devices are wanted when the background is: as soon as a call begins, beside the socket.
  background: [
    `${CORE}/call/background.js`,
    `${CORE}/call/mesh/mesh-background.js`,
    MEDIA,
    `${CORE}/playback/attachments.js`,
    // Said to a developer who tries a call.
    `${CORE}/room/one-person-hint.js`,
  ],
  // Where the page sends tracks of its own, or processes ours.
  'own-tracks': `${CORE}/media/own-tracks.js`,
  // Where anything is sent from peer to peer, with the channels for it; what is sent by it has files of its own.
  data: [`${CORE}/data/peer-paths.js`, `${CORE}/call/link/link-data-path.js`],
  actions: `${CORE}/data/actions.js`,
  // Where data goes to somebody whom the call does not connect; beside the code of the call.
  'data-links': `${CORE}/call/mesh/data-links.js`,
  values: [`${CORE}/data/ephemeral-values.js`, 'packages/protocol/dist/values.js'],
  engines: `${CORE}/call/engines.js`,
  encryption: `${CORE}/call/mesh/mesh-encryption.js`,
  relays: `${CORE}/call/mesh/mesh-relays.js`,
  diagnostics: `${CORE}/diagnostics/diagnose.js`,
  simulate: `${CORE}/diagnostics/simulate.js`,
  // Where files go from person to person.
  files: `${CORE}/files/file-transfers.js`,
  zip: 'node_modules/client-zip/index.js',
  preflight: `${CORE}/preflight/preflight.js`,
};

const plugins = [
  nodeResolve({ browser: true }),
  minifyTemplates(/packages[\\/]elements[\\/]dist[\\/]/),
  terser({
    ecma: 2020,
    module: true,
    compress: { passes: 2, ecma: 2020 },
    format: { comments: /^!/, ecma: 2020 },
  }),
];

/** Anything that rollup would only warn of is a mistake here. */
const onwarn = (warning) => {
  throw new Error(`${warning.message} (${warning.id ?? warning.code})`);
};

/**
 * One file and those beside it.
 * @param {string} folder  the package's `dist`
 * @param {string} input  the module in it that the file is for
 * @param {string} name  of the file
 * @param {{ inFirst?: readonly string[], unused?: readonly string[] }} options  `inFirst`: modules that are
 *   loaded by `import()` and yet belong in the first file. `unused`: chunks of which nothing is used.
 */
const bundle = (folder, input, name, { inFirst = [], unused = [] }) => ({
  input: at(`${folder}/${input}`),
  plugins: [...plugins, licenses(`${name}.LICENSES.txt`)],
  onwarn,
  // No getter of ours does more than get, so schemas that nobody asks for may go.
  treeshake: { propertyReadSideEffects: false },
  // What two files share stays in the first one: one request, not two.
  preserveEntrySignatures: 'allow-extension',
  output: {
    dir: at(`${folder}/cdn`),
    entryFileNames: `${name}.min.js`,
    chunkFileNames: `${name}-[name].min.js`,
    manualChunks: chunksOf([`${folder}/${input}`, ...inFirst], unused),
    format: 'es',
    sourcemap: true,
    banner,
    // Nobody outside sees the namespaces.
    freeze: false,
  },
});

/**
 * Each capability takes along what it imports, unless one named before it has that already, or it is named itself: the
 * package `protocol` is imported as a whole.
 */
function chunksOf(first, unused) {
  const beside = Object.entries(CHUNKS).filter(([chunk]) => !unused.includes(chunk));
  const roots = { first, ...Object.fromEntries(beside) };
  /** @type {Map<string, string> | null} */
  let chunks = null;
  return (id, { getModuleInfo }) => {
    chunks ??= new Map();
    if (chunks.size === 0) {
      for (const [chunk, modules] of Object.entries(roots).reverse())
        for (const module of [modules].flat().map(at)) chunks.set(module, chunk);
      for (const [chunk, modules] of Object.entries(roots)) {
        const wanted = new Set([modules].flat().map(at));
        for (const module of wanted) {
          const isTaken = (chunks.get(module) ?? chunk) !== chunk;
          const info = isTaken ? null : getModuleInfo(module);
          if (!info) continue;
          chunks.set(module, chunk);
          for (const imported of info.importedIds) wanted.add(imported);
        }
      }
    }
    return chunks.get(id);
  };
}

/** Found by its name beside the files that start it, so it has no other. */
const worker = (folder) => ({
  input: at(`${CORE}/encryption/frame-worker.js`),
  plugins,
  onwarn,
  output: { file: at(`${folder}/cdn/frame-worker.js`), format: 'es', sourcemap: true, banner },
});

export default [
  bundle(ELEMENTS, 'define.js', 'rtc-elements', { inFirst: [CALL] }),
  bundle(ELEMENTS, 'define-chat.js', 'rtc-chat', { unused: ['interface', 'panels', 'preflight'] }),
  bundle(CORE, 'index.js', 'rtc-core', { inFirst: [CALL] }),
  worker(ELEMENTS),
  worker(CORE),
];
