import { expect } from '@esm-bundle/chai';

import { warningsOf } from '../../../../tests/support/console.js';
import type { RtcError } from '../state/errors.js';
import { Address, type AddressOptions } from './address.js';

/** An address whose options a test may change. */
function setUp(options: Partial<AddressOptions> = {}) {
  const live: { -readonly [Key in keyof AddressOptions]: AddressOptions[Key] } = {
    url: 'wss://x',
    ...options,
  };
  return { live, address: new Address(live) };
}

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.catch((error: unknown) => (error as RtcError).code);

describe('an address', () => {
  it('[EN-7] has the token of now', async () => {
    const { live, address } = setUp();
    expect(await address.get()).to.equal('wss://x');
    live.token = 'a b';
    expect(await address.get()).to.equal('wss://x?token=a%20b');
    live.tokenProvider = () => Promise.resolve('fresh');
    expect(await address.get()).to.equal('wss://x?token=fresh');
  });

  it('[EN-7] asks again after a refusal if there is anything new to ask with, and otherwise once', async () => {
    const { live, address } = setUp({ token: 'old' });
    await address.get();
    expect(address.mayAskAgain()).to.equal(false);
    live.token = 'new';
    address.renew();
    expect(address.mayAskAgain(), 'refused before the new one was used').to.equal(true);
    await address.get();
    expect(address.mayAskAgain()).to.equal(false);
    live.tokenProvider = () => Promise.resolve('t');
    address.renew();
    await address.get();
    expect([address.mayAskAgain(), address.mayAskAgain()]).to.deep.equal([true, false]);
  });

  it('waits no longer for a provider that was replaced, whatever comes of it', async () => {
    const never = new Promise<string>(() => undefined);
    const { live, address } = setUp({ tokenProvider: () => never });
    const got = address.get();
    live.tokenProvider = () => Promise.reject(new Error('no'));
    address.renew();
    expect(await failure(got)).to.equal('auth');
    expect(address.problem?.retryable).to.equal(true);
    const again = address.get();
    live.tokenProvider = () => Promise.resolve('here');
    address.renew();
    expect(await failure(again)).to.be.oneOf(['auth', 'wss://x?token=here']);
  });

  for (const [what, provider] of [
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    ['resolves with a number', () => Promise.resolve(7)],
    ['resolves with an object', () => Promise.resolve({ token: 'x' })],
  ] as const) {
    it(`is a retryable problem if the provider ${what}`, async () => {
      const { address } = setUp({ tokenProvider: provider as unknown as () => Promise<string> });
      expect(await failure(address.get())).to.equal('auth');
    });
  }

  it('says what the provider said, on the console once for attempts that fail alike', async () => {
    const cause = new Error('503 from /token');
    const { live, address } = setUp({ tokenProvider: () => Promise.reject(cause) });
    const said = await warningsOf(async () => {
      await failure(address.get());
      await failure(address.get());
      expect(address.problem?.message).to.contain('(503 from /token)');
      expect(address.problem?.cause).to.equal(cause);
      live.tokenProvider = () => Promise.reject(new Error('offline'));
      await failure(address.get());
    });
    expect(said).to.deep.equal([
      '[rtc-elements] The tokenProvider of the page failed. Error: 503 from /token',
      '[rtc-elements] The tokenProvider of the page failed. Error: offline',
    ]);
  });

  it('has no token if the provider has none', async () => {
    const none = (() => Promise.resolve(undefined)) as unknown as () => Promise<string>;
    expect(await setUp({ tokenProvider: none }).address.get()).to.equal('wss://x');
  });
});
