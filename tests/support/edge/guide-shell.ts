/**
 * Runs the shell commands of the guide in a folder of their own. What needs an account is not sent: `npx` and
 * `npm` are programs of ours that note what they are given.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One command that was noted. */
export interface Noted {
  /** `npx wrangler secret put X`. */
  readonly command: string;
  /** What was piped into it; empty if nothing was. */
  readonly input: string;
}

export class GuideShell {
  readonly folder = mkdtempSync(join(tmpdir(), 'rtc-guide-'));
  readonly #notes = join(this.folder, '.notes');

  constructor() {
    for (const name of ['npx', 'npm']) {
      const path = join(this.folder, name);
      const note =
        'JSON.stringify({ command: [process.argv[2], ...process.argv.slice(3)].join(" "), input })';
      const program =
        `const { appendFileSync, fstatSync, readFileSync } = require('node:fs');` +
        `const input = fstatSync(0).isFIFO() ? readFileSync(0, 'utf8') : '';` +
        `appendFileSync(${JSON.stringify(this.#notes)}, ${note} + '\\n');`;
      writeFileSync(`${path}.cjs`, program);
      const words = [process.execPath, `${path}.cjs`, name].map((word) => `'${word}'`).join(' ');
      writeFileSync(path, `#!/bin/sh\nexec ${words} "$@"\n`);
      chmodSync(path, 0o755);
    }
  }

  /** Runs `script` to its end and returns what it printed. Throws if a command fails. */
  run(script: string): string {
    const env = { ...process.env, PATH: `${this.folder}:${process.env['PATH']}` };
    const { status, stdout, stderr } = spawnSync('sh', ['-eu', '-c', script], {
      cwd: this.folder,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (status !== 0) throw new Error(`a command of the guide failed (${status}): ${stderr}`);
    return stdout;
  }

  /** All commands that were noted, in order. */
  get noted(): readonly Noted[] {
    if (!existsSync(this.#notes)) return [];
    const lines = readFileSync(this.#notes, 'utf8').trim().split('\n');
    return lines.map((line) => JSON.parse(line) as Noted);
  }

  /** The text of a file that the commands have made. */
  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
