/**
 * Who may import whom: one rule per arrow of docs/architecture.md, each with its reason. Unit tests
 * may reach further than their file, so the rules about sources leave them out.
 */
const TESTS = '[.]test[.]ts$';
const CORE = '^packages/core/src/';
const ELEMENTS = '^packages/elements/src/';
const PARTY = '^party/src/';
const PROTOCOL = '^packages/protocol/src/';
/** The pure parts, as the compiler knows them. */
const { patternsOf } = require('./scripts/support/pure.cjs');
const PURE_CORE = patternsOf('packages/core');
const PURE_PARTY = patternsOf('party');

/** Capabilities that a person may never use: each comes by import() (docs/decisions/0019). */
const LAZY =
  '^packages/core/src/(call/(background|engines|mesh/data-links|mesh/mesh-background|mesh/mesh-encryption|mesh/mesh-relays)|diagnostics/(diagnose|simulate)|media/local-media|playback/attachments|preflight/preflight)[.]ts$';

/** The compiler asks for these; they are no arrows of ours. */
const LINKS = 'node_modules/(linkify-it|@types/linkify-it)/';
const HELPERS = 'node_modules/tslib/';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Of two files that need each other, neither can be understood alone: types count.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-lost-imports',
      comment: 'An import that leads nowhere, or to a package that package.json does not name.',
      severity: 'error',
      from: { pathNot: '^examples/' },
      to: { couldNotResolve: true, pathNot: '^(cloudflare|node):' },
    },
    {
      name: 'protocol-knows-nobody',
      comment: 'The language is spoken by all and knows none of its speakers.',
      severity: 'error',
      from: { path: PROTOCOL, pathNot: TESTS },
      to: { pathNot: [PROTOCOL, 'node_modules/nanoid/'] },
    },
    {
      name: 'nanoid-in-one-place',
      comment: 'All ids look alike because one file makes them.',
      severity: 'error',
      from: { pathNot: ['^packages/protocol/src/ids[.]ts$', TESTS] },
      to: { path: 'node_modules/nanoid/' },
    },
    {
      name: 'core-knows-the-language-only',
      comment: 'The engine has no UI and no edge; the one library it needs makes zips.',
      severity: 'error',
      from: { path: CORE, pathNot: TESTS },
      to: { pathNot: [CORE, PROTOCOL, HELPERS, 'node_modules/client-zip/'] },
    },
    {
      name: 'only-saving-makes-zips',
      comment: 'It is a chunk of its own, for those who take several files at once.',
      severity: 'error',
      from: { pathNot: '^packages/core/src/files/save-files[.]ts$' },
      to: { path: 'node_modules/client-zip/' },
    },
    {
      name: 'pure-core-stays-pure',
      comment: 'What decides must not reach what acts, or it cannot be tested as a table.',
      severity: 'error',
      from: { path: PURE_CORE, pathNot: TESTS },
      to: { pathNot: [...PURE_CORE, PROTOCOL, HELPERS] },
    },
    {
      name: 'the-call-loads-late',
      comment: 'A page that only chats must not pay for media: the call comes by import().',
      severity: 'error',
      from: { path: CORE, pathNot: TESTS },
      to: {
        path: '^packages/core/src/call/call[.]ts$',
        dependencyTypesNot: ['dynamic-import', 'type-only'],
      },
    },
    {
      name: 'only-the-mesh-knows-links',
      comment:
        'A call may be connected by anything: the room sees peers, their media and transports.',
      severity: 'error',
      from: {
        path: CORE,
        pathNot: [
          '^packages/core/src/call/(mesh|link|recovery|adaptation)/',
          '^packages/core/src/call/call[.]ts$',
          // Loads the links for people out of the call, which no engine makes.
          '^packages/core/src/data/link-demand[.]ts$',
          TESTS,
        ],
      },
      to: { path: '^packages/core/src/call/(mesh|link|recovery|adaptation)/' },
    },
    {
      name: 'capabilities-load-when-wanted',
      comment: 'What a person may never use, and what a call can begin without, comes by import().',
      severity: 'error',
      from: { path: CORE, pathNot: TESTS },
      to: {
        path: LAZY,
        dependencyTypesNot: ['dynamic-import', 'type-only'],
      },
    },
    {
      name: 'elements-know-the-engine',
      comment:
        'Windows look at the engine and the language; of other packages, Lit, and what knows how addresses are written.',
      severity: 'error',
      from: { path: ELEMENTS, pathNot: TESTS },
      to: {
        pathNot: [
          ELEMENTS,
          '^packages/core/src/index[.]ts$',
          '^packages/protocol/src/index[.]ts$',
          'node_modules/(lit|lit-html|lit-element|@lit)/',
          LINKS,
          HELPERS,
        ],
      },
    },
    {
      name: 'elements-speak-no-protocol',
      comment: 'Elements render snapshots: of the language they need types, not values.',
      severity: 'error',
      from: { path: ELEMENTS, pathNot: TESTS },
      to: { path: PROTOCOL, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'few-elements-hold-the-engine',
      comment:
        'Requests go up and snapshots come down; besides the bridge, only what runs before a call asks the engine.',
      severity: 'error',
      from: {
        path: ELEMENTS,
        pathNot: [
          '^packages/elements/src/(base|session|lazy|lobby|network-check)/',
          '^packages/elements/src/room/rtc-room[.]ts$',
          TESTS,
        ],
      },
      to: { path: CORE, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'party-knows-the-language-only',
      comment: 'The edge room shares words with its peers, not code.',
      severity: 'error',
      from: { path: PARTY, pathNot: TESTS },
      to: {
        pathNot: [PARTY, PROTOCOL, 'node_modules/(partyserver|jose)/', '^cloudflare:', HELPERS],
      },
    },
    {
      name: 'partyserver-in-hosts-only',
      comment: 'The room runs under several hosts because only hosts know one.',
      severity: 'error',
      from: { path: PARTY, pathNot: ['^party/src/(hosts/|worker[.]ts$)', TESTS] },
      to: { path: ['node_modules/partyserver/', '^cloudflare:'] },
    },
    {
      name: 'jose-at-the-edge-only',
      comment: 'Tokens are checked before a room wakes; behind the edge nobody knows of any.',
      severity: 'error',
      from: { path: PARTY, pathNot: ['^party/src/(auth|edge)/', TESTS] },
      to: { path: 'node_modules/jose/' },
    },
    {
      name: 'room-rules-stay-pure',
      comment: 'A rule is a function of the book, the message and the time: it reaches nothing.',
      severity: 'error',
      from: { path: PURE_PARTY, pathNot: TESTS },
      to: { pathNot: [...PURE_PARTY, PROTOCOL, HELPERS] },
    },
    {
      name: 'packages-through-their-door',
      comment: 'What index.ts does not export is nobody else’s business.',
      severity: 'error',
      from: { path: '^(packages/[^/]+|party)/src/', pathNot: TESTS },
      to: {
        path: '^(packages/[^/]+|party)/src/',
        pathNot: ['^$1/src/', '^(packages/[^/]+|party)/src/(call/)?index[.]ts$'],
      },
    },
    {
      name: 'nothing-needs-tests',
      comment: 'Tests, benches and examples can be deleted without breaking anything.',
      severity: 'error',
      from: { pathNot: ['^(tests|bench|examples)/', TESTS] },
      to: { path: ['^(tests|bench|examples)/', TESTS] },
    },
    {
      name: 'examples-use-public-names',
      comment: 'An example shows what anybody can do: it has the built files and nothing else.',
      severity: 'error',
      from: { path: '^examples/' },
      to: { path: '/src/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/|^tests/fixtures/|^tests/frameworks/projects/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@rtc-elements/source', 'import', 'browser', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
