import { expect } from '@esm-bundle/chai';

import { createLog } from './log.js';

describe('the log', () => {
  const lines: string[] = [];
  const sink = {
    info: (line: string) => lines.push(`info ${line}`),
    warn: (line: string) => lines.push(`warn ${line}`),
    error: (line: string) => lines.push(`error ${line}`),
  };
  beforeEach(() => (lines.length = 0));

  it('is one line of JSON per event, with its level', () => {
    const log = createLog(sink, false);
    log.info('room-open', { room: 'standup' });
    log.warn('turn-failed');
    log.error('setting', { problem: 'two\nlines' });
    expect(lines).to.deep.equal([
      'info {"event":"room-open","level":"info","room":"standup"}',
      'warn {"event":"turn-failed","level":"warn"}',
      'error {"event":"setting","level":"error","problem":"two\\nlines"}',
    ]);
  });

  it('leaves out the life of rooms when it is quiet', () => {
    const log = createLog(sink, true);
    log.info('room-open');
    log.warn('turn-failed');
    expect(lines).to.have.length(1);
  });
});
