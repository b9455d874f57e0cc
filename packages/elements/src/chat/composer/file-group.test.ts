import { expect } from '@esm-bundle/chai';

import { groupFiles } from './file-group.js';

const file = (name: string, folder = ''): File => {
  const one = new File(['abc'], name);
  if (folder) Object.defineProperty(one, 'webkitRelativePath', { value: `${folder}/${name}` });
  return one;
};

const shapes = (files: readonly File[]): readonly (readonly [string, number, number])[] =>
  groupFiles(files).map(({ name, files: all, size }) => [name, all.length, size]);

describe('attachments', () => {
  it('are a message for each file, and one for each folder', () => {
    const files = [file('a'), file('x', 'trip'), file('b'), file('y', 'trip'), file('a')];
    expect(shapes(files)).to.deep.equal([
      ['a', 1, 3],
      ['trip', 2, 6],
      ['b', 1, 3],
      ['a', 1, 3],
    ]);
  });

  it('are one message together if they are many', () => {
    const files = Array.from({ length: 11 }, (_, at) => file(`f${at}`));
    expect(shapes(files)).to.deep.equal([['f0', 11, 33]]);
    expect(shapes(files.slice(1))).to.have.lengthOf(10);
    expect(shapes([])).to.deep.equal([]);
  });

  it('take names as they are, whatever they look like', () => {
    expect(shapes([file('__proto__'), file('all'), file('0')])).to.have.lengthOf(3);
  });
});
