// Every block of code in the guide and the READMEs: its types, elements, attributes, parts, settings and commands exist.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { allBlocks, type Block } from '../support/snippets/blocks.js';
import { checkMarkup, checkStyles, scriptsOf } from '../support/snippets/check-markup.js';
import { checkTypes } from '../support/snippets/check-types.js';
import { RUN_BY } from '../support/snippets/run-by.js';
import { checkJson, checkShell } from '../support/snippets/check-words.js';

const blocks = allBlocks();
const isMarkup = ({ language }: Block): boolean => ['html', 'vue', 'svelte'].includes(language);
const isScript = ({ language }: Block): boolean => ['ts', 'tsx', 'js', 'jsx'].includes(language);

/** What each language is checked by; `null`: by what a test of {@link RUN_BY} makes of it. */
const CHECKS: Readonly<Record<string, ((block: Block) => readonly string[]) | null>> = {
  ...Object.fromEntries(['ts', 'tsx', 'js', 'jsx'].map((language) => [language, () => []])),
  html: checkMarkup,
  vue: checkMarkup,
  svelte: checkMarkup,
  css: checkStyles,
  json: checkJson,
  jsonc: checkJson,
  sh: checkShell,
  text: null,
  '': null,
};

function problemsOf(all: readonly Block[]): readonly string[] {
  // In the order of the page: later blocks use what earlier ones declare.
  const scripts = all.flatMap((block) => (isMarkup(block) ? scriptsOf(block) : [block]));
  return [
    ...checkTypes(scripts.filter(isScript)),
    ...all.flatMap((block) => CHECKS[block.language]?.(block) ?? []),
  ];
}

describe('the blocks of code in the guide and the READMEs', () => {
  it('are found', () => assert.ok(blocks.length > 70, `${blocks.length}`));

  it('are each in a language that is checked', () => {
    const others = blocks.filter(({ language }) => !(language in CHECKS));
    assert.deepEqual(
      others.map(({ name }) => name),
      [],
    );
  });

  it('are each run by a test, or have a reason why not', () => {
    const known = blocks.map(({ name }) => name);
    const others = blocks.filter(({ name, page }) => !RUN_BY[name] && !RUN_BY[page]);
    assert.deepEqual(
      others.map(({ name }) => name),
      [],
    );
    const gone = Object.keys(RUN_BY).filter((row) => row.includes(' / ') && !known.includes(row));
    assert.deepEqual(gone, []);
  });

  it('have the types that the packages have, and name only what there is', () => {
    assert.deepEqual(problemsOf(blocks), []);
  });

  const WRONG: readonly (readonly [language: string, text: string, words: RegExp])[] = [
    ['ts', "import { joinRooms } from '@rtc-elements/core';\njoinRooms();", /no exported member/],
    ['ts', 'const one = createRoom({ room: 1 });', /createRoom is not imported/],
    ['ts', "await room.join({ nam: 'Ann' });", /'nam' does not exist/],
    ['ts', 'await room.chat.sent(1);', /'sent' does not exist/],
    ['ts', 'room.addEventListener(', /expected/],
    ['js', "document.querySelector('rtc-room').leaves();", /'leaves' does not exist/],
    [
      'js',
      "element.addEventListener('rtc-ready', ({ klient }) => klient);",
      /'klient' does not exist/,
    ],
    [
      'html',
      '<script type="module">import { createRom } from "rtc-elements";</script>',
      /createRom/,
    ],
    ['html', '<rtc-rom></rtc-rom>', /there is no <rtc-rom>/],
    ['html', '<rtc-room autojoins></rtc-room>', /has no autojoins/],
    ['html', '<rtc-chat><p slot="footer"></p></rtc-chat>', /has no slot footer/],
    ['vue', '<rtc-room :maxPers="4" />', /has no :maxPers/],
    ['css', 'rtc-chat::part(owns) { color: red }', /has no part owns/],
    ['css', ':root { --rtc-accents: red }', /there is no --rtc-accents/],
    ['json', '{ "a": 1, }', /SyntaxError/],
    ['jsonc', '{ "a": }', /expected/],
    ['sh', 'npm run deplyo', /no script deplyo/],
    ['sh', 'printf x | npx wranglr deploy', /npx knows no wranglr/],
    ['sh', 'echo "$(opensl rand 3)"', /there is no opensl/],
    ['sh', 'npm install @rtc-elements/cor', /no package @rtc-elements\/cor/],
  ];
  const wrong = WRONG.map(([language, text], at): Block => {
    return { language, text, heading: '', page: `wrong ${at}`, name: `wrong ${at}` };
  });
  it('would not pass with what is wrong', () => {
    const problems = [...problemsOf(wrong)];
    for (const [at, [, text, words]] of WRONG.entries()) {
      const own = problems.filter((problem) => new RegExp(`^wrong ${at}\\b`).test(problem));
      assert.match(own.join('\n'), words, text);
    }
  });
});
