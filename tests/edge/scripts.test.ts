/** The scripts of `package.json`: they refuse what they do not know before they do anything, and end on Ctrl-C. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Readonly<Record<string, string>>;
};

/** Those that hand their words on to a tool, which has its own words for it. */
const TOOLS = /^(prettier|eslint|tsc) /;
/** Adds words for wrangler. */
const OPEN = ['deploy'];

const ours = Object.entries(scripts).filter(
  ([name, line]) => !TOOLS.test(line) && !OPEN.includes(name),
);

const run = (line: string, ...words: readonly string[]) => {
  const [, ...rest] = line.split(' ');
  const all = [...rest, ...words];
  const { status, stdout, stderr } = spawnSync(process.execPath, all, {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, lines: (stdout + stderr).trim().split('\n') };
};

describe('the scripts', () => {
  for (const [name, line] of ours) {
    it(`npm run ${name} refuses a word that it does not know, in one sentence`, () => {
      const { status, lines } = run(line, 'nonsense');
      assert.equal(lines.length, 1, lines.join('\n'));
      assert.match(lines[0] ?? '', /nonsense/);
      assert.ok(status === 1 || status === 2, `status ${status}`);
    });
  }

  it('refuse words of the right kind and a wrong value', () => {
    for (const [name, ...words] of [
      ['soak', '-5'],
      ['soak', '0'],
      ['soak', '1e9'],
      ['soak', '5', '6'],
      ['check', 'types', 'typos'],
      ['test', 'unit', 'union'],
      ['bench'],
    ] as const) {
      const { status, lines } = run(scripts[name] ?? '', ...words);
      assert.deepEqual([status, lines.length], [2, 1], lines.join('\n'));
    }
  });

  it('end on Ctrl-C without a complaint about what they were doing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rtc-scripts-'));
    try {
      cpSync(join(root, 'scripts'), join(folder, 'scripts'), { recursive: true });
      for (const name of ['package.json', 'package-lock.json']) {
        cpSync(join(root, name), join(folder, name));
      }
      const npm = join(folder, 'npm.mjs');
      writeFileSync(npm, "console.log('installing'); setInterval(() => undefined, 1_000);");
      const child = spawn(process.execPath, ['scripts/check.mjs', 'types'], {
        cwd: folder,
        env: { ...process.env, npm_execpath: npm },
      });
      let out = '';
      const isInstalling = new Promise<void>((resolve) => {
        for (const stream of [child.stdout, child.stderr]) {
          stream.on('data', (data) => {
            out += String(data);
            if (out.includes('installing')) resolve();
          });
        }
      });
      await isInstalling;
      child.kill('SIGINT');
      const [code] = (await once(child, 'exit')) as [number | null];
      assert.equal(code, 130);
      assert.deepEqual(out.trim().split('\n').slice(1), ['installing']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
