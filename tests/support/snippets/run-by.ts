/**
 * What runs each block of code: a test file, or why none does. Every block is type-checked, or read, in
 * `tests/edge/snippets.test.ts` as well. A row for `page` alone is for all of its blocks that have none.
 */
const GUIDE = 'tests/edge/guide.test.ts';
const PAGE = 'tests/browsers/guide.test.ts';
const TURN = 'tests/faults/guide-turn.test.ts';
const DEV = 'tests/edge/dev-settings.test.ts';
const POLICY = 'tests/browsers/life.test.ts';
const ROOM = 'a call of the API with names of the reader; the types say whether it exists';

export const RUN_BY: Readonly<Record<string, string>> = {
  'deploy / Once / sh': GUIDE,
  'deploy / Each time / sh': GUIDE,
  'deploy / Each time / html': PAGE,
  'deploy / Settings / jsonc': GUIDE,
  'deploy / On your own machine / sh': DEV,
  'tokens / With your own secret / sh': `${GUIDE}, ${DEV}`,
  'tokens / With your own secret / sh 2': GUIDE,
  'tokens / With your own secret / sh 3': DEV,
  'tokens / With your own secret / js': GUIDE,
  'turn / coturn / sh': GUIDE,
  'turn / coturn / jsonc': `${GUIDE}, ${TURN}`,
  'turn / coturn / text': TURN,
  'turn / A trial in a local network / text': TURN,
  'turn / A trial in a local network / sh': TURN,
  'turn / Cloudflare / sh': GUIDE,
  'turn / Cloudflare / jsonc': GUIDE,
  'turn / Fixed servers / jsonc': GUIDE,
  'partykit / On your own machine / sh': GUIDE,
  'partykit / In your own project / sh': GUIDE,
  'partykit / In your own project / sh 2': 'needs an account; tests/edge/snippets.test.ts reads it',
  'upgrade / Limits by network address / jsonc': GUIDE,
  'upgrade / What is stored / sh': GUIDE,
  'embed / Embed in a page / html': PAGE,
  'embed / Embed in a page / html 2': PAGE,
  'embed / Embed in a page / html 3': 'an address on the server of the reader',
  'embed / Embed in a page / json': 'settings of an editor; tests/edge/snippets.test.ts reads it',
  'embed / Events / js': PAGE,
  'embed / Make it yours / css': PAGE,
  'embed / Make it yours / css 2': PAGE,
  'embed / Make it yours / html': PAGE,
  'embed / Your own layout / html': PAGE,
  'embed / Strict pages / text': POLICY,
  'embed / Strict pages / text 2': POLICY,
  'troubleshooting / Content security policy / text': POLICY,
  'troubleshooting / Error messages / js': PAGE,
  'troubleshooting / A diagnostic report / js': PAGE,
  'troubleshooting / Camera and microphone / html': 'a page without an address of its own',
  'moderation / The waiting room / js': PAGE,
  'moderation / From code / js': PAGE,
  'own-elements / Ask / js': PAGE,
  'own-elements / Prevent / js': PAGE,
  'own-elements / Be given the room / js': PAGE,
  'options / What `autojoin` waits for / jsx': 'tests/frameworks/frameworks.test.ts has it in Next',
  'costs / Frames and requests / plain': 'a formula',
  encryption: `${ROOM}; tests/browsers/encryption.test.ts does what they do`,
  engines: `${ROOM}; tests/browsers/engines.test.ts does what they do`,
  'own-ui': `tests/browsers/own-ui.test.ts has the whole page; the others: ${ROOM}`,
  'own-worker': 'tests/frameworks',
  react: 'tests/frameworks',
  vue: 'tests/frameworks',
  svelte: 'tests/frameworks',
  extend: 'tests/edge/extend.test.ts',
  'own-media': 'tests/browsers/own-tracks.test.ts',
  data: 'tests/browsers/actions.test.ts; a schema of the library of your choice: tests/house/actions.test.ts',
  cursors:
    'tests/browsers/data-examples.test.ts and tests/browsers/ephemeral.test.ts do what they do',
  files:
    'tests/browsers/file-drop.test.ts and files.test.ts do the same; packages/elements/src/files and room have tests of the event and the methods',
  protocol: 'what goes over a socket; tests/conformance has a client that knows only this page',
  README: 'what every test of this repository begins with; the address is that of `npm start`',
  'packages/core/README': ROOM,
  'packages/elements/README': 'tests/frameworks',
  'packages/protocol/README': ROOM,
  'party/README': 'tests/edge runs the same Worker',
};
