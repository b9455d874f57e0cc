import { expect } from '@esm-bundle/chai';

import { budget, demand, type Receiver, type Supply } from './budget.js';

const supply: Supply = {
  camera: { width: 640, height: 480, frameRate: 30 },
  screen: null,
  stepsDown: 0,
  dataSaver: false,
};
const receiver: Receiver = { camera: null, screen: null, stepsDown: 0 };

const shown = (width: number, height: number): Receiver => ({
  ...receiver,
  camera: { width, height },
});

/** The share of the first of this many receivers, which are all the same. */
const shareOf = (one: Receiver, count = 1, over: Partial<Supply> = {}) => {
  const [share] = budget(
    { ...supply, ...over },
    Array.from({ length: count }, () => one),
  );
  if (!share) throw new Error('nobody got a share');
  return share;
};

describe('budget', () => {
  for (const [what, size, count, scale, pace] of [
    ['one large tile', [1280, 960], 1, 1, 30],
    ['half of a stage', [424, 318], 1, 1.5, 30],
    ['a tile that the picture misses narrowly', [600, 450], 1, 1, 30],
    ['a wide tile, which crops height', [320, 90], 1, 2, 30],
    ['one of six on a stage', [424, 318], 5, 2, 12],
    ['a thumbnail', [160, 120], 5, 4, 12],
    ['the speaker among six', [960, 720], 5, 1, 24],
    ['a speck', [20, 20], 5, 6, 12],
  ] as const) {
    it(`sends ${what} no larger than it is shown`, () => {
      const { camera } = shareOf(shown(size[0], size[1]), count);
      expect(camera.active).to.equal(true);
      expect(camera.scaleResolutionDownBy).to.equal(scale);
      expect(camera.maxFramerate).to.equal(pace);
    });
  }

  it('sends no picture to a receiver that shows none, but still a voice', () => {
    const share = shareOf(shown(0, 0));
    expect(share.camera.active).to.equal(false);
    expect(share.screen.active).to.equal(false);
    expect(demand(share)).to.equal(share.audio.maxBitrate);
  });

  it('sends smaller pictures the more receivers there are whose layout is unknown', () => {
    const rates = [1, 2, 4, 7].map((count) => shareOf(receiver, count).camera.maxBitrate);
    expect(rates).to.deep.equal([...rates].sort((a, b) => b - a));
    expect(rates[0]).to.be.above(rates[3] ?? 0);
  });

  it('reduces the size of a face before its frame rate, down to the smallest', () => {
    const shares = [0, 1, 2, 3, 4, 5, 6].map(
      (stepsDown) => shareOf(receiver, 1, { stepsDown }).camera,
    );
    expect(shares.map((one) => one.scaleResolutionDownBy)).to.deep.equal([1, 1.5, 2, 3, 4, 6, 6]);
    expect(shares.map((one) => one.maxFramerate)).to.deep.equal([30, 30, 30, 30, 30, 30, 25]);
  });

  it('reduces the frame rate of text before its size', () => {
    const screen = { width: 1920, height: 1080, frameRate: 30, isText: true };
    const shares = [0, 1, 2, 3, 4].map(
      (stepsDown) => shareOf(receiver, 1, { screen, stepsDown }).screen,
    );
    expect(shares.map((one) => one.maxFramerate)).to.deep.equal([15, 10, 5, 3, 3]);
    expect(shares.map((one) => one.scaleResolutionDownBy)).to.deep.equal([1, 1, 1, 1, 1.5]);
  });

  it('puts voices before pictures, and lowers their bit rate only on a bad line', () => {
    const voices = [0, 1, 3].map((stepsDown) => shareOf({ ...receiver, stepsDown }).audio);
    expect(voices.map(({ maxBitrate }) => maxBitrate)).to.deep.equal([32_000, 24_000, 16_000]);
    expect(voices.map(({ priority }) => priority)).to.deep.equal(['high', 'high', 'high']);
    expect(shareOf(receiver, 1, { stepsDown: 6 }).audio.maxBitrate).to.equal(32_000);
  });

  it('lets a bad line affect only its own receiver', () => {
    const [good, bad] = budget(supply, [receiver, { ...receiver, stepsDown: 2 }]);
    expect(good).to.deep.equal(shareOf(receiver, 2));
    expect(bad?.camera.maxBitrate).to.be.below(good?.camera.maxBitrate ?? 0);
  });

  it('sends at most 250 kbit/s and 15 frames a second when data is saved', () => {
    const { camera } = shareOf(shown(1280, 960), 1, { dataSaver: true });
    expect(camera.maxBitrate).to.be.at.most(250_000);
    expect(camera.maxFramerate).to.equal(15);
  });

  it('stays within what can be sent, whatever is asked for', () => {
    for (const size of [1, 37, 640, 8_192]) {
      for (let count = 1; count <= 8; count += 1) {
        const { camera } = shareOf(shown(size, size), count);
        expect(camera.scaleResolutionDownBy).to.be.within(1, 6);
        expect(camera.maxBitrate).to.be.within(20_000, 1_500_000);
        expect(camera.maxFramerate).to.be.within(8, 30);
      }
    }
  });
});
