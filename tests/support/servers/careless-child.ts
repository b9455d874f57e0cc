// Starts a child that starts a child, says who they are, and ends in the way it is told to.
import { once } from 'node:events';

import { startChild } from './children.js';

const GRANDCHILD = 'setInterval(() => {}, 1_000)';
const CHILD = `
  const { spawn } = require('node:child_process');
  const { pid } = spawn(process.execPath, ['-e', ${JSON.stringify(GRANDCHILD)}], { stdio: 'ignore' });
  process.send([process.pid, pid]);
  setInterval(() => {}, 1_000);
`;

const child = startChild(process.execPath, ['-e', CHILD], {
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
});
const [pids] = (await once(child, 'message')) as [readonly number[]];
process.send?.(pids);
if (process.argv[2] === 'throw') throw new Error('on purpose');
