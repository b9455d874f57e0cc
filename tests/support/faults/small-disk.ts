/** A disk of its own, in memory and small, that a test can fill. Linux, and root. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SIZE = '24m';

export class SmallDisk {
  /** Where it is mounted. */
  readonly folder: string;

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'rtc-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'rtc-test', this.folder]);
  }

  /** Leaves `bytes`: none, or just enough for a file to be opened. */
  fill(bytes = 0): void {
    this.free();
    const { bavail, bsize } = statfsSync(this.folder);
    writeFileSync(this.#filler, Buffer.alloc(bavail * bsize - bytes));
  }

  free(): void {
    rmSync(this.#filler, { force: true });
  }

  remove(): void {
    // Lazily: a process that was killed may not have let go of its files yet.
    execFileSync('umount', ['--lazy', this.folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  get #filler(): string {
    return join(this.folder, 'filler');
  }
}
