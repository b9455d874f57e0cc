/** Whether this machine can run the fault lab: networks of its own, made of Linux namespaces. */
import { spawnSync } from 'node:child_process';

import { findProgram } from './programs.mjs';

const tool = (name, debian) => ({
  title: name,
  variables: [],
  commands: [name],
  places: [`/usr/sbin/${name}`, `/sbin/${name}`],
  debian,
});

const TOOLS = [tool('ip', 'iproute2'), tool('tc', 'iproute2'), tool('nft', 'nftables')];

/** Why the fault lab cannot run here, in one line; `null` when it can. */
export function obstacleToFaultLab() {
  if (process.platform !== 'linux') return 'it needs the network namespaces of Linux';
  if (process.getuid?.() !== 0) return 'it makes network namespaces, which needs root';
  const missing = TOOLS.find((program) => findProgram(program) === null);
  if (missing)
    return `${missing.title} is missing (Debian, Ubuntu: apt-get install ${missing.debian})`;
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
