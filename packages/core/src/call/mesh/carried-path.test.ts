import { expect } from '@esm-bundle/chai';

import type { CallData, DataOptions, DataPurpose, DataReadiness } from '../ports.js';
import { CarriedPath, type CarrierName, type DataCarriers } from './carried-path.js';

/** A way to the peer that does as the test says. */
class FakeCarrier implements CallData {
  readiness: DataReadiness = 'none';
  options: DataOptions | null = null;
  readonly sent: unknown[] = [];
  isClosed = false;

  readinessOf = (): DataReadiness => this.readiness;

  open: CallData['open'] = (_session, _purpose, options) => {
    this.options = options;
    return {
      send: (data) => this.sent.push(data) > 0,
      headroom: () => Promise.resolve(true),
      close: () => (this.isClosed = true),
    };
  };

  /** The peer has opened its end. */
  begin(): void {
    this.readiness = 'able';
  }
}

function setUp(purpose: DataPurpose = 'files') {
  const [link, call] = [new FakeCarrier(), new FakeCarrier()];
  const carriers: DataCarriers = { link, call };
  const told: string[] = [];
  const used: CarrierName[] = [];
  const options: DataOptions = {
    onOpen: () => told.push('open'),
    onMessage: (data) => told.push(`message ${String(data)}`),
    onReset: () => told.push('reset'),
    onClose: () => told.push('close'),
    isHeld: () => true,
  };
  const path = new CarriedPath('ben', purpose, options, {
    onUse: (carrier) => used.push(carrier),
    onEnd: () => told.push('end'),
  });
  const able = (carrier: FakeCarrier): void => {
    carrier.begin();
    path.extend(carriers);
  };
  return { link, call, path, told, used, able };
}

describe('a path over a link for data and the call', () => {
  it('[DL-5] stays on the link that it has used when the call connects, and hears both', () => {
    const { link, call, path, told, used, able } = setUp();
    able(link);
    link.options?.onOpen?.();
    able(call);
    call.options?.onOpen?.();
    path.send('a');
    call.options?.onMessage('b');
    link.options?.onMessage('c');
    expect(link.sent).to.deep.equal(['a']);
    expect(call.sent).to.deep.equal([]);
    expect(told).to.deep.equal(['open', 'message b', 'message c']);
    expect(used).to.deep.equal(['link', 'call', 'link']);
  });

  it('[DL-5] goes on in the call once the link is gone, as after a reset', () => {
    const { link, call, path, told, able } = setUp();
    able(link);
    link.options?.onOpen?.();
    able(call);
    call.options?.onOpen?.();
    link.options?.onClose?.();
    expect(told).to.deep.equal(['open', 'reset', 'open']);
    path.send('a');
    expect(call.sent).to.deep.equal(['a']);
    call.options?.onClose?.();
    expect(told.slice(3)).to.deep.equal(['end', 'close']);
    expect(path.send('b')).to.equal(false);
  });

  it('[DL-5] waits where the other way is not open yet', () => {
    const { link, call, path, told, able } = setUp();
    able(link);
    link.options?.onOpen?.();
    able(call);
    link.options?.onReset?.();
    expect(told).to.deep.equal(['open', 'reset']);
    expect(path.send('a')).to.equal(false);
    call.options?.onOpen?.();
    expect(told).to.deep.equal(['open', 'reset', 'open']);
    // The link is back, and is heard, but not used.
    link.options?.onOpen?.();
    path.send('b');
    expect([link.sent, call.sent]).to.deep.equal([[], ['b']]);
  });

  it('[DL-5] moves to the call at once for values, which then hold no link', () => {
    const { link, call, path, told, able } = setUp('values');
    able(link);
    link.options?.onOpen?.();
    expect(path.holdsLink).to.equal(true);
    able(call);
    call.options?.onOpen?.();
    path.send('a');
    expect(call.sent).to.deep.equal(['a']);
    expect(path.holdsLink).to.equal(false);
    expect(told).to.deep.equal(['open']);
  });

  it('opens nothing twice, and closes all that it has opened', () => {
    const { link, call, path, told, able } = setUp();
    able(link);
    able(call);
    const { options } = link;
    able(link);
    expect(link.options).to.equal(options);
    path.close();
    expect([link.isClosed, call.isClosed]).to.deep.equal([true, true]);
    link.options?.onMessage('late');
    expect(told).to.deep.equal(['end']);
  });
});
