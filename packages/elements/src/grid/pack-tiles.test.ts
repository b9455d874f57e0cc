import { expect } from '@esm-bundle/chai';

import { type Box, packTiles } from './pack-tiles.js';

const area = { x: 0, y: 0, width: 1000, height: 600 };

const overlaps = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width - 0.01 &&
  b.x < a.x + a.width - 0.01 &&
  a.y < b.y + b.height - 0.01 &&
  b.y < a.y + a.height - 0.01;

describe('packTiles', () => {
  it('gives one person the whole stage', () => {
    expect(packTiles(area, 0, 1, 8)).to.deep.equal([area]);
  });

  it('puts four people two by two, also on a narrow stage', () => {
    for (const stage of [area, { x: 0, y: 0, width: 240, height: 370 }]) {
      const boxes = packTiles(stage, 0, 4, 8);
      expect(new Set(boxes.map(({ x }) => x)).size).to.equal(2);
      expect(new Set(boxes.map(({ y }) => y)).size).to.equal(2);
    }
  });

  it('centres a short last row', () => {
    const [, , third] = packTiles(area, 0, 3, 8);
    expect((third?.x ?? 0) + (third?.width ?? 0) / 2).to.be.closeTo(500, 0.01);
  });

  it('keeps every tile inside, of a size, and off the others, for any count', () => {
    for (const [width, height] of [
      [1280, 700],
      [320, 500],
      [240, 200],
      [600, 600],
    ] as const) {
      const stage = { x: 4, y: 4, width, height };
      for (let screens = 0; screens <= 2; screens += 1) {
        for (let people = 0; people <= 12; people += 1) {
          const boxes = packTiles(stage, screens, people, 8);
          expect(boxes).to.have.lengthOf(screens + people);
          for (const [index, box] of boxes.entries()) {
            expect(box.width).to.be.above(0);
            expect(box.height).to.be.above(0);
            expect(box.x + box.width).to.be.at.most(4 + width + 0.01);
            expect(box.y + box.height).to.be.at.most(4 + height + 0.01);
            expect(boxes.slice(index + 1).some((other) => overlaps(box, other))).to.equal(false);
          }
        }
      }
    }
  });

  it('gives a screen most of the stage', () => {
    const [screen] = packTiles(area, 1, 3, 8);
    expect((screen?.width ?? 0) * (screen?.height ?? 0)).to.be.above(0.6 * 1000 * 600);
  });
});
