// What the guide tells operators to write and to run, taken from its pages: it does what they say.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { decodeJwt } from 'jose';
import { unstable_readConfig as readWranglerConfig } from 'wrangler';

import { readSettings } from '../../party/src/config/settings.js';
import type { SettingsEnv } from '../../party/src/config/rules/variables.js';
import { Edge } from '../support/edge/edge.js';
import { EdgeClient } from '../support/edge/client.js';
import { GuideShell } from '../support/edge/guide-shell.js';
import { SERVER_KEY } from '../support/edge/tokens.js';
import { snippet, substitute } from '../support/guide.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The variables in a block. */
const varsOf = (text: string): SettingsEnv => configOf(text).vars;

/** What a block of a configuration says, as wrangler reads it. */
function configOf(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'rtc-guide-'));
  try {
    const config = join(folder, 'wrangler.jsonc');
    writeFileSync(config, text);
    return readWranglerConfig({ config }, { hideWarnings: true });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Fails unless the program that has an account knows the command. */
function assertKnown(command: string): void {
  const [program = '', ...words] = command.replace(/^npx /, '').split(' ');
  const scripts = { wrangler: 'wrangler/bin/wrangler.js', partykit: 'partykit/dist/bin.mjs' };
  const path = join(root, 'node_modules', scripts[program as keyof typeof scripts]);
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...words, '--help'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, CI: '1', NO_UPDATE_NOTIFIER: '1', WRANGLER_SEND_METRICS: 'false' },
  });
  assert.equal(status, 0, stderr);
  const verbs = words.filter((word) => /^[a-z]+$/.test(word));
  assert.ok(stdout.includes([program, ...verbs].join(' ')), stdout);
}

describe('the blocks of code for operators', () => {
  const SECRETS: readonly [page: string, heading: string, name: string][] = [
    ['tokens', 'With your own secret', 'TOKEN_SECRET'],
    ['turn', 'coturn', 'TURN_SECRET'],
    ['partykit', 'In your own project', 'TOKEN_SECRET'],
  ];
  for (const [page, heading, name] of SECRETS) {
    it(`give a deployment a ${name} of which its operator has a copy: ${page}`, () => {
      const shell = new GuideShell();
      const printed = shell.run(snippet(page, heading, 'sh', `printf %s "$${name}"`));
      const [{ command, input } = { command: '', input: '' }] = shell.noted;
      // Without an end of line, which PartyKit would take for a part of it.
      assert.match(input, /^\S{32,}$/);
      assert.ok(printed.includes(input), 'the same for the other side');
      assertKnown(command);
      shell.close();
    });
  }

  it('bind the same classes as our own deployment: upgrade, Limits by network address', () => {
    const { durable_objects: objects, migrations } = configOf(
      snippet('upgrade', 'Limits by network address', 'jsonc'),
    );
    const ours = readWranglerConfig(
      { config: join(root, 'wrangler.jsonc') },
      { hideWarnings: true },
    );
    assert.deepEqual(objects, ours.durable_objects);
    assert.deepEqual(migrations, ours.migrations);
  });

  for (const [page, heading] of [
    ['deploy', 'Once'],
    ['turn', 'Cloudflare'],
  ] as const)
    it(`call programs by commands that they know: ${page}, ${heading}`, () => {
      const shell = new GuideShell();
      shell.run(snippet(page, heading, 'sh'));
      assert.ok(shell.noted.length > 0);
      for (const { command } of shell.noted) assertKnown(command);
      shell.close();
    });

  for (const [page, heading] of [
    ['deploy', 'Each time'],
    ['partykit', 'On your own machine'],
  ] as const)
    it(`call scripts that there are: ${page}, ${heading}`, () => {
      const shell = new GuideShell();
      shell.run(snippet(page, heading, 'sh'));
      const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
      for (const { command } of shell.noted) {
        const [, , name = ''] = command.split(' ');
        const [, file = ''] = /^node (\S+)/.exec(scripts[name]) ?? [];
        assert.ok(existsSync(join(root, file)), command);
      }
      shell.close();
    });

  const VARS: readonly [page: string, heading: string, secrets: SettingsEnv, turn: string][] = [
    ['deploy', 'Settings', {}, 'none'],
    ['turn', 'coturn', { TURN_SECRET: 's' }, 'coturn'],
    ['turn', 'Cloudflare', { TURN_KEY_TOKEN: 't' }, 'cloudflare'],
    ['turn', 'Fixed servers', {}, 'static'],
  ];
  for (const [page, heading, secrets, kind] of VARS) {
    it(`have variables that the room takes: ${page}, ${heading}`, () => {
      // The page leaves out an id of somebody's account.
      const vars = varsOf(snippet(page, heading, 'jsonc').replaceAll('"…"', '"abc123"'));
      const { problems, turn } = readSettings({ ...vars, ...secrets });
      assert.deepEqual(problems, []);
      assert.equal(turn.kind, kind);
    });
  }

  it('make tokens that a room takes, and show how to see that it asks for them', async () => {
    // In the repository, where the package is found by its name.
    mkdirSync(join(root, '.tmp'), { recursive: true });
    const folder = mkdtempSync(join(root, '.tmp/guide-'));
    after(() => rmSync(folder, { recursive: true, force: true }));
    const secret = 'x'.repeat(43);
    const backend = join(folder, 'backend.ts');
    const code = snippet('tokens', 'With your own secret', 'js');
    writeFileSync(
      backend,
      `const account = { id: 'ann@example.com', displayName: 'Ann Lee' };
       process.env.TOKEN_SECRET = '${secret}';
       ${code.replace('const token =', 'export const token =')}`,
    );
    const { token } = (await import(pathToFileURL(backend).href)) as { token: string };
    const { room, name, role, exp = 0, iat = 0 } = decodeJwt(token);
    assert.deepEqual([room, name, role, exp - iat], ['standup', 'Ann Lee', 'host', 600]);
    const check = snippet('tokens', 'With your own secret', 'sh', 'curl');
    for (const [vars, status] of [
      [{ TOKEN_SECRET: secret }, '401'],
      [{}, '200'],
    ] as const) {
      const edge = await Edge.start({ vars });
      const shell = new GuideShell();
      try {
        assert.equal(
          shell.run(substitute(check, { 'https://<host>': edge.origin })).trim(),
          status,
        );
        const ann = await EdgeClient.join(edge, `standup?token=${token}`, 'Somebody');
        if (status === '401') assert.equal(ann.welcome.you.name, 'Ann Lee');
        await ann.close();
      } finally {
        await edge.stop();
        shell.close();
      }
    }
  });

  it('save a chat before an upgrade', async () => {
    const edge = await Edge.start({ vars: { SERVER_KEY } });
    const shell = new GuideShell();
    try {
      const ann = await EdgeClient.join(edge, 'standup', 'Ann');
      await ann.say('a line to keep');
      const script = substitute(snippet('upgrade', 'What is stored', 'sh'), {
        'https://<host>': edge.origin,
        '<room>': 'standup',
      });
      shell.run(`SERVER_KEY='${SERVER_KEY}'\n${script}`);
      assert.match(shell.read('chat.ndjson'), /"text":"a line to keep"/);
      await ann.close();
    } finally {
      await edge.stop();
      shell.close();
    }
  });

  it('keep the secrets of a PartyKit project out of git, where PartyKit reads them', async () => {
    const shell = new GuideShell();
    const script = snippet('partykit', 'In your own project', 'sh', '.gitignore');
    shell.run(`git init -q .\n${script}`);
    assert.equal(shell.run('git check-ignore .env').trim(), '.env');
    assert.match(shell.read('.env'), /^TOKEN_SECRET=\S{44}$/m);
    shell.close();
  });

  it('keep secrets out of the files that are committed', () => {
    for (const file of ['wrangler.jsonc', 'partykit.json']) {
      assert.doesNotMatch(readFileSync(join(root, file), 'utf8'), /SECRET|SERVER_KEY|TOKEN/);
    }
    const ignored = spawnSync('git', ['check-ignore', '.dev.vars', '.env', '.env.local'], {
      cwd: root,
      encoding: 'utf8',
    });
    assert.deepEqual(ignored.stdout.trim().split('\n'), ['.dev.vars', '.env', '.env.local']);
  });
});
