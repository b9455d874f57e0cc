/** A name with the number that tells its person apart from others whose names look the same; 1 is shown by nothing. */
export const labelOf = (name: string, number: number): string =>
  number > 1 ? `${name} (${number})` : name;
