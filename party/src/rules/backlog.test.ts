import { expect } from '@esm-bundle/chai';
import { LIMITS } from '@rtc-elements/protocol';

import { Backlog, emptyBacklog } from './backlog.js';

const MARK = LIMITS.markBytes;

describe('a backlog', () => {
  it('[FL-1] wants a mark after so many bytes, and each time again', () => {
    const backlog = new Backlog(emptyBacklog(true));
    backlog.add(MARK - 1);
    expect(backlog.isMarkDue).to.equal(false);
    backlog.add(1);
    expect(backlog.isMarkDue).to.equal(true);
    backlog.addMark('a');
    expect(backlog.isMarkDue).to.equal(false);
    backlog.add(MARK);
    expect(backlog.isMarkDue).to.equal(true);
  });

  it('[FL-1] is reduced by what came before an acknowledged mark, and by nothing else', () => {
    const backlog = new Backlog(emptyBacklog(true));
    for (const mark of ['a', 'b', 'c']) {
      backlog.add(MARK);
      backlog.addMark(mark);
    }
    backlog.add(5);
    expect(backlog.acknowledge('b')).to.equal(true);
    expect(backlog.bytes).to.equal(MARK + 5);
    // Those that an answer has passed over count as answered.
    for (const mark of ['a', 'b', 'd', '']) expect(backlog.acknowledge(mark)).to.equal(false);
    expect(backlog.bytes).to.equal(MARK + 5);
    expect(backlog.acknowledge('c')).to.equal(true);
    expect(backlog.bytes).to.equal(5);
  });

  it('[FL-1] is full beyond the limit, whether or not its client answers marks', () => {
    for (const isMarked of [true, false]) {
      const backlog = new Backlog(emptyBacklog(isMarked));
      backlog.add(LIMITS.unacknowledgedBytes);
      expect(backlog.isFull).to.equal(false);
      expect(backlog.isMarkDue).to.equal(isMarked);
      backlog.add(1);
      expect(backlog.isFull).to.equal(true);
    }
  });

  it('[FL-1] is the same after it was stored', () => {
    const backlog = new Backlog(emptyBacklog(true));
    backlog.add(MARK);
    backlog.addMark('a');
    backlog.add(7);
    const again = new Backlog(
      JSON.parse(JSON.stringify(backlog.toRecord())) as ReturnType<Backlog['toRecord']>,
    );
    expect(again.toRecord()).to.deep.equal(backlog.toRecord());
    expect(again.acknowledge('a')).to.equal(true);
    expect(again.bytes).to.equal(7);
  });
});
