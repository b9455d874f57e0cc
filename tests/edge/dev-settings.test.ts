// Settings of a room on a developer's machine: one file for both hosts, and no room open by mistake.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { createToken } from '@rtc-elements/party/token';

import { startEdgeServer } from '../../scripts/support/edge-server.mjs';
import { startPartykitServer } from '../../scripts/support/partykit-server.mjs';
import {
  assertAsksForTokens,
  readDevSettings,
  TOKEN_SETTINGS,
} from '../../scripts/support/settings.mjs';
import { forEachHost } from '../support/edge/edge.js';
import { GuideShell } from '../support/edge/guide-shell.js';
import { TOKEN_SECRET } from '../support/edge/tokens.js';
import { snippet, tableOf } from '../support/guide.js';
import { findFreePort } from '../support/servers/free-port.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const SOME = { TOKEN_SECRET };
const persistTo = mkdtempSync(join(tmpdir(), 'rtc-dev-'));
after(() => rmSync(persistTo, { recursive: true, force: true, maxRetries: 5 }));

forEachHost('a room that a developer starts', (host) => {
  const start = async (envFile?: string): Promise<{ url: string; stop(): Promise<void> }> => {
    const port = await findFreePort();
    const folder = mkdtempSync(join(persistTo, host));
    // An empty file, or wrangler takes what the developer of this repository has.
    const none = join(folder, 'none');
    writeFileSync(none, '');
    const options = { port, persistTo: folder, envFile: envFile ?? none };
    return host === 'partykit' ? startPartykitServer(options) : startEdgeServer(options);
  };

  it('has the settings that the guide says how to write', async () => {
    const shell = new GuideShell();
    shell.run(snippet('deploy', 'On your own machine', 'sh'));
    shell.run(snippet('tokens', 'With your own secret', 'sh', '.dev.vars'));
    const { file, settings } = readDevSettings({ folder: shell.folder, environment: {} });
    assert.ok(file);
    assert.deepEqual(Object.keys(settings).sort(), [
      'ALLOWED_ORIGINS',
      'MAX_MEMBERS',
      'TOKEN_SECRET',
    ]);
    const room = await start(file);
    try {
      await assertAsksForTokens(room.url, settings);
      const people = `${room.url}/parties/room/standup/people`;
      assert.equal((await fetch(people)).status, 401);
      const token = await createToken({
        secret: settings['TOKEN_SECRET'] ?? '',
        room: 'standup',
        user: 'ann',
      });
      const ask = (origin: string): Promise<Response> =>
        fetch(people, { headers: { authorization: `Bearer ${token}`, origin } });
      assert.equal((await ask('http://localhost:8787')).status, 200);
      assert.equal((await ask('https://elsewhere.example')).status, 403);
    } finally {
      await room.stop();
      shell.close();
    }
  });

  it('does not start with a setting that is wrong, and says which', async () => {
    const file = join(persistTo, 'wrong');
    writeFileSync(file, 'TOKEN_SECRET=short\n');
    await assert.rejects(start(file), /TOKEN_SECRET must have at least 32 bytes/);
  });

  it('is called open if it does not see the secret that it should have', async () => {
    const room = await start();
    try {
      await assertAsksForTokens(room.url, {});
      await assert.rejects(assertAsksForTokens(room.url, SOME), /is open/);
    } finally {
      await room.stop();
    }
  });
});

describe('settings in another place than .dev.vars', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'rtc-dev-'))));
  beforeEach(() => {
    for (const name of ['.dev.vars', '.env', '.env.local']) {
      rmSync(join(folder, name), { force: true });
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const read = (environment = {}): unknown => readDevSettings({ folder, environment });

  it('are none of ours without such a file', () => {
    assert.deepEqual(read({ PATH: '/bin', LOG: 'debug' }), { file: null, settings: {} });
  });

  it('are read as wrangler reads them: with quotes, blanks and comments', () => {
    const secret = 'a+/b==#c d';
    writeFileSync(
      join(folder, '.dev.vars'),
      `# ours\nTOKEN_SECRET="${secret}"\n\nMAX_MEMBERS = 5 # few\nICE_SERVERS='[{"urls":["stun:a"]}]'\n`,
    );
    assert.deepEqual(read(), {
      file: join(folder, '.dev.vars'),
      settings: { TOKEN_SECRET: secret, MAX_MEMBERS: '5', ICE_SERVERS: '[{"urls":["stun:a"]}]' },
    });
  });

  for (const name of ['TOKEN_SECRET', 'TOKEN_JWKS_URL', 'SERVER_KEY', 'TURN_URLS', 'ICE_SERVERS'])
    it(`are refused in the environment: ${name}`, () => {
      assert.throws(() => read({ [name]: 'x' }), new RegExp(`^Error: ${name} is set in the env`));
    });

  for (const file of ['.env', '.env.local'])
    it(`are refused in ${file}`, () => {
      writeFileSync(join(folder, file), 'SERVER_KEY=x\nOTHER=y\nALLOWED_ORIGINS=z\n');
      assert.throws(
        () => read(),
        (error: Error) => {
          assert.match(error.message, new RegExp(`SERVER_KEY is set in ${file},`));
          assert.match(error.message, /ALLOWED_ORIGINS is set/);
          assert.doesNotMatch(error.message, /OTHER/);
          return true;
        },
      );
    });

  it('are refused under a name that is misspelled, since the room would be open', () => {
    writeFileSync(join(folder, '.dev.vars'), 'TOKEN_SECRT=x\n');
    assert.throws(() => read(), /has TOKEN_SECRT, which is no setting/);
  });

  it('have the names of the table in the guide', () => {
    const names = tableOf('deploy', 'Settings').map(([name = '']) => name.replaceAll('`', ''));
    assert.deepEqual(
      names.filter((name) => name.startsWith('TOKEN_')),
      TOKEN_SETTINGS,
    );
  });

  for (const script of ['start', 'start-partykit'])
    it(`end npm run ${script} with a sentence`, () => {
      const { status, stderr } = spawnSync(process.execPath, [`scripts/${script}.mjs`], {
        cwd: root,
        env: { ...process.env, ...SOME },
        encoding: 'utf8',
      });
      assert.equal(status, 1, stderr);
      assert.match(stderr, /^TOKEN_SECRET is set in the environment/);
      assert.ok(!stderr.includes(TOKEN_SECRET));
    });
});
