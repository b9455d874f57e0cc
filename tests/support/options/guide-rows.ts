// The rows that the guide has of the option table.
import { type Effect, type Effects, type Moment, MOMENTS } from './option-table.js';

/** The columns, and the moments that each stands for. */
const COLUMNS: readonly (readonly Moment[])[] = [
  ['before joining'],
  ['joining', 'in the call', 'reconnecting'],
  ['left'],
];

/** As an attribute, where there is one. */
const attributeOf = (option: string): string =>
  ({
    pushToTalk: 'push-to-talk',
    holdMicrophone: 'hold-microphone',
    maxPeers: 'max-peers',
    dataSaver: 'data-saver',
    inPanel: 'in-panel',
  })[option] ?? option;

/** One row per option, in the order of the table, as its cells. `isElement`: options go by their attributes. */
export function guideRows(
  table: Readonly<Record<string, Effects>>,
  isElement: boolean,
): readonly (readonly string[])[] {
  return Object.entries(table).map(([option, effects]) => [
    `\`${isElement ? attributeOf(option) : option}\``,
    ...COLUMNS.map((moments) => common(effects, moments)),
  ]);
}

/** What all of these moments have in common. */
function common(effects: Effects, moments: readonly Moment[]): Effect {
  const found = [...new Set(moments.map((moment) => effects[moment]))];
  const [only] = found;
  if (!only || found.length > 1) throw new Error(`one column has ${found.join(' and ')}`);
  return only;
}

/** Every moment is in a column, or said in words. */
export const IN_WORDS: readonly Moment[] = MOMENTS.filter(
  (moment) => !COLUMNS.flat().includes(moment),
);
