/** Whether this machine can run the fault lab: networks of its own, made of Linux namespaces. */
import { spawnSync } from 'node:child_process';

import { COTURN, NETWORK_TOOLS } from './known-programs.mjs';
import { findMissing } from './programs.mjs';

/** What it starts beside browsers. */
export const FAULT_LAB_PROGRAMS = [COTURN, ...NETWORK_TOOLS];

/** Why the fault lab cannot run here, in one line; `null` when it can. */
export function obstacleToFaultLab() {
  if (process.platform !== 'linux') return 'it needs the network namespaces of Linux';
  if (process.getuid?.() !== 0) return 'it makes network namespaces, which needs root';
  const missing = findMissing(FAULT_LAB_PROGRAMS);
  if (missing) return missing;
  // Root in a container may still not be allowed to.
  const probe = `rtcf${process.pid}-probe`;
  try {
    const trials = [
      ['ip', 'netns', 'add', probe],
      ['ip', 'netns', 'exec', probe, 'nft', 'add', 'table', 'inet', 'lab'],
      ['ip', '-n', probe, 'link', 'add', 'v0', 'type', 'veth', 'peer', 'name', 'v1'],
    ];
    for (const [command, ...words] of trials) {
      const { status, stderr, error } = spawnSync(command, words, { encoding: 'utf8' });
      if (status !== 0)
        return `\`${command} ${words.join(' ')}\` says: ${error?.message ?? stderr.trim()}`;
    }
    return null;
  } finally {
    spawnSync('ip', ['netns', 'del', probe]);
  }
}
