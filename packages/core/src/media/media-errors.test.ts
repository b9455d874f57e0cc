import { expect } from '@esm-bundle/chai';

import { RtcError } from '../state/errors.js';
import { toMediaError } from './media-errors.js';

const thrown = (name: string, message = ''): DOMException => new DOMException(message, name);

describe('toMediaError', () => {
  const insecure = new RtcError('insecure-context', 'https, please');
  for (const [cause, listed, code] of [
    [thrown('NotAllowedError', 'Permission denied'), true, 'permission-denied'],
    [thrown('NotAllowedError', 'Permission denied by system'), true, 'permission-denied'],
    [thrown('NotAllowedError', 'The request is not allowed by …'), true, 'permission-denied'],
    [thrown('NotAllowedError', 'Permission dismissed'), true, 'permission-dismissed'],
    [thrown('NotFoundError', 'Requested device not found'), false, 'device-not-found'],
    [thrown('NotReadableError', 'Could not start video source'), true, 'device-busy'],
    [thrown('AbortError', 'Starting video failed'), true, 'device-failed'],
    [thrown('OverconstrainedError'), true, 'device-overconstrained'],
    [insecure, false, 'insecure-context'],
    [thrown('NotAllowedError', 'The request is not allowed by …'), false, 'policy-blocked'],
    [thrown('SecurityError'), true, 'policy-blocked'],
    [new TypeError('what?'), true, 'device-failed'],
    [undefined, true, 'device-failed'],
  ] as const) {
    it(`calls ${String(cause)} with ${listed ? 'a' : 'no'} device listed ${code}`, () => {
      const error = toMediaError(cause, 'camera', listed);
      expect(error.code).to.equal(code);
      expect(error.message.length).to.be.greaterThan(10);
    });
  }

  it('tells a closed screen picker from a system or a policy that forbids it', () => {
    const code = (name: string, message: string): string =>
      toMediaError(thrown(name, message), 'screen', true).code;
    expect(code('NotAllowedError', 'Permission denied')).to.equal('screen-cancelled');
    expect(code('NotAllowedError', 'Permission denied by system')).to.equal('permission-denied');
    expect(code('NotAllowedError', 'disallowed by permissions policy.')).to.equal('policy-blocked');
    expect(code('InvalidStateError', 'requires transient activation')).to.equal('screen-cancelled');
  });
});
