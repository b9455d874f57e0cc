// What a mesh tells of people for whom it has no place.
import { expect } from '@esm-bundle/chai';

import { entry, Wire } from '../../../../../tests/support/link-pair.js';

describe('a mesh that is full', () => {
  it('says so of everybody else in the call to whoever is outside, and of them to the others', async () => {
    const wire = new Wire(11, 0);
    const [a, b] = [1, 2].map((call) => wire.add(`m${call}`, call, undefined, 2));
    const [c, d] = [3, 4].map((call) => wire.add(`m${call}`, call, undefined, 2));
    if (!a || !b || !c || !d) throw new Error('four members');
    wire.announce();
    await a.until(() => a.status('m2') === 'connected');
    expect([a.status('m3'), a.status('m4'), b.status('m3')]).to.deep.equal(Array(3).fill('full'));
    expect(['m1', 'm2', 'm4'].map((one) => c.status(one))).to.deep.equal(Array(3).fill('full'));
    expect([...c.connections, ...d.connections]).to.deep.equal([]);

    wire.leave('m1');
    await c.until(() => c.status('m2') === 'connected');
    await b.until(() => b.status('m3') === 'connected');
    expect([b.status('m1'), c.status('m1'), d.status('m1')]).to.deep.equal(Array(3).fill('none'));
    expect([d.status('m2'), d.status('m3'), b.status('m4')]).to.deep.equal(Array(3).fill('full'));
    expect(d.connections).to.deep.equal([]);

    wire.leave('m2');
    await c.until(() => c.status('m4') === 'connected');
    wire.close();
  });

  it('says so of somebody who declines us because their own mesh is full', async () => {
    const wire = new Wire(11, 0);
    const a = wire.add('m1', 1, undefined, 2);
    const b = wire.add('m2', 2);
    const c = wire.add('m3', 3);
    wire.announce();
    await c.until(() => c.status('m2') === 'connected');
    await c.until(() => c.status('m1') === 'full');
    await a.until(() => a.status('m2') === 'connected');
    await b.until(() => b.status('m3') === 'connected');
    expect([a.status('m3'), b.status('m3')]).to.deep.equal(['full', 'connected']);
    wire.leave('m2');
    await c.until(() => c.status('m1') === 'connected');
    wire.close();
  });

  it('says nothing of people in the chat, nor to them', () => {
    const wire = new Wire(11, 0);
    const [a, chat] = [wire.add('m1', 1, undefined, 2), wire.add('chat', 0, undefined, 2)];
    const others = [entry('m2', 2), entry('m3', 3)];
    chat.mesh.reconcile(chat.entry, [a.entry, ...others], []);
    expect([...chat.statuses]).to.deep.equal([]);
    a.mesh.reconcile(a.entry, [chat.entry, entry('m3', 0), entry('m2', 0)], []);
    expect([...a.statuses]).to.deep.equal([]);
    // They enter the call, and leave it again while there is no place for them.
    a.mesh.reconcile(a.entry, others, []);
    expect(a.status('m3')).to.equal('full');
    a.mesh.reconcile(a.entry, [entry('m2', 2), entry('m3', 0)], []);
    expect(a.status('m3')).to.equal('none');
    wire.close();
  });
});
