import { expect } from '@esm-bundle/chai';

import { type Box, packTiles, PICTURE } from './pack-tiles.js';

const area = { x: 0, y: 0, width: 1000, height: 600 };

/** Windows, px. Beside the stage there are the header and the control bar. */
const SIZES = [
  [240, 400],
  [320, 600],
  [390, 844],
  [844, 390],
  [768, 1024],
  [1280, 800],
  [2560, 1440],
] as const;

/** The widths of those that are tall. */
const TALL: readonly number[] = [320, 390];

const stageOf = (width: number, height: number): Box => ({
  x: 4,
  y: 4,
  width: width - 8,
  height: height - 128,
});

const overlaps = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width - 0.01 &&
  b.x < a.x + a.width - 0.01 &&
  a.y < b.y + b.height - 0.01 &&
  b.y < a.y + a.height - 0.01;

describe('packTiles', () => {
  it('gives one person the whole stage, where a picture fills it', () => {
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

  it('holds people between 3:4 and 16:9, and shows three quarters of a picture but on tall stages', () => {
    for (const [width, height] of SIZES) {
      const stage = stageOf(width, height);
      for (let people = 1; people <= 49; people += 1) {
        for (const screens of [0, 1, 2]) {
          for (const box of packTiles(stage, screens, people, 8).slice(screens)) {
            const aspect = box.width / box.height;
            const hint = `${people} people, ${screens} screens, ${width}x${height}`;
            expect(aspect, hint).to.be.within(3 / 4 - 0.001, PICTURE + 0.001);
            if (screens === 0 && !TALL.includes(width))
              expect(aspect / PICTURE, hint).to.be.at.least(0.75 - 0.001);
          }
        }
      }
    }
  });

  it('centres people in both directions', () => {
    for (const [width, height] of SIZES) {
      const stage = stageOf(width, height);
      for (let people = 1; people <= 16; people += 1) {
        const boxes = packTiles(stage, 0, people, 8);
        const top = Math.min(...boxes.map(({ y }) => y)) - stage.y;
        const bottom = stage.y + stage.height - Math.max(...boxes.map((box) => box.y + box.height));
        expect(top).to.be.closeTo(bottom, 0.01);
        const left = Math.min(...boxes.map(({ x }) => x)) - stage.x;
        const right = stage.x + stage.width - Math.max(...boxes.map((box) => box.x + box.width));
        expect(left).to.be.closeTo(right, 0.01);
      }
    }
  });

  it('puts four people on a phone two by two, and three at 1,280 px two above one', () => {
    const columns = (boxes: readonly Box[]): number => new Set(boxes.map(({ x }) => x)).size;
    expect(columns(packTiles(stageOf(390, 844), 0, 4, 8))).to.equal(2);
    const three = packTiles(stageOf(1280, 800), 0, 3, 8);
    expect(new Set(three.map(({ y }) => y)).size).to.equal(2);
  });
});
