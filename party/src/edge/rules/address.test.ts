import { expect } from '@esm-bundle/chai';

import { lastValue, networkOf } from './address.js';

describe('the network of an address', () => {
  for (const [address, network] of [
    ['192.0.2.1', '192.0.2.1'],
    ['0.0.0.0', '0.0.0.0'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0DB8:0001:0002::', '2001:db8:1:2'],
    ['2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2'],
    ['2001:db8::7', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['1::', '1:0:0:0'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:c000:0201', '192.0.2.1'],
    ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0:0'],
  ] as const) {
    it(`[LI-6] is ${network} for ${address}`, () => expect(networkOf(address)).to.equal(network));
  }

  for (const garbage of [
    '',
    ' ',
    'unknown',
    '192.0.2',
    '192.0.2.256',
    '192.0.2.01',
    '192.0.2.1.1',
    '192.0.2.1:443',
    '[2001:db8::1]',
    '[2001:db8::1]:443',
    'fe80::1%eth0',
    '2001:db8',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8',
    '1::2::3',
    ':1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:',
    ':::',
    '192.0.2.1::',
    '::192.0.2.1:1',
    '1:2:3:4:5:6:7:192.0.2.1',
    '192.0.2.1, 192.0.2.2',
    'ffff'.repeat(20),
    '1'.repeat(10_000),
    '__proto__',
  ]) {
    it(`[LI-6] is none for ${JSON.stringify(garbage.slice(0, 30))}`, () =>
      expect(networkOf(garbage)).to.equal(null));
  }

  it('[LI-6] is the same however an address is written (seed 7)', () => {
    let state = 7;
    const random = (below: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    for (let round = 0; round < 300; round += 1) {
      const groups = Array.from({ length: 8 }, () => (random(3) === 0 ? 0 : random(0x10000)));
      const start = random(8);
      const end = start + 1 + random(8 - start);
      const hex = groups.map((group) => group.toString(16));
      const zeros = groups.map((group, index) => (index >= start && index < end ? 0 : group));
      const full = zeros.map((group) => group.toString(16).padStart(4, '0')).join(':');
      const short = `${hex.slice(0, start).join(':')}::${hex.slice(end).join(':')}`;
      expect(networkOf(short.toUpperCase()), short).to.equal(networkOf(full));
    }
  });

  it('[LI-6] is looked for in the last value, which the nearest server has added', () => {
    expect(lastValue('192.0.2.1')).to.equal('192.0.2.1');
    expect(lastValue(`${'x'.repeat(10_000)}, 198.51.100.1 ,192.0.2.1 `)).to.equal('192.0.2.1');
    expect(lastValue('')).to.equal('');
  });
});
