// Values of every type, for whatever takes one: each is right for some methods and wrong for most.

const cyclic: Record<string, unknown> = {};
cyclic['self'] = cyclic;

/** By name, each made anew, as some of them can be used only once. */
export const VALUES: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  zero: () => 0,
  fraction: () => -1.5,
  NaN: () => NaN,
  infinity: () => Infinity,
  bigint: () => 12n,
  true: () => true,
  false: () => false,
  'empty text': () => '',
  text: () => 'some text',
  'huge text': () => 'x'.repeat(1_000_000),
  symbol: () => Symbol('x'),
  function: () => () => 1,
  list: () => [1, ['a']],
  'empty object': () => ({}),
  'nested object': () => ({ a: { b: { c: [1] } } }),
  'cyclic object': () => cyclic,
  'object without a prototype': () => Object.create(null),
  date: () => new Date(0),
  map: () => new Map([[1, 2]]),
  event: () => new Event('click'),
  promise: () => Promise.resolve(1),
  'throwing getter': () => ({
    get name(): never {
      throw new TypeError('name');
    },
  }),
  'throwing proxy': () =>
    new Proxy(
      {},
      {
        get: () => fail(),
        ownKeys: () => fail(),
        getPrototypeOf: () => fail(),
        has: () => fail(),
      },
    ),
  'revoked proxy': () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
};

function fail(): never {
  throw new TypeError('trap');
}

const names = (...list: readonly string[]): readonly string[] => list;

/** What a parameter takes of them: the names of the values that are right. */
export const TAKES = {
  nothing: [],
  text: names('empty text', 'text', 'huge text'),
  flag: names('true', 'false'),
  number: names('zero'),
  callback: names('function'),
  /** With optional keys only. */
  options: names('empty object', 'object without a prototype'),
  textOrNull: names('null', 'empty text', 'text', 'huge text'),
  null: names('null'),
  callbackOrNull: names('null', 'function'),
  json: names(
    ...['null', 'zero', 'fraction', 'true', 'false', 'empty text', 'text', 'huge text'],
    ...['list', 'empty object', 'nested object', 'object without a prototype'],
  ),
  /** Anything with methods of its own. */
  listener: names(
    ...['function', 'list', 'empty object', 'nested object', 'cyclic object', 'date', 'map'],
    ...['object without a prototype', 'event', 'promise', 'throwing getter'],
    ...['throwing proxy', 'revoked proxy'],
  ),
  event: names('event'),
  record: names('empty object', 'object without a prototype', 'nested object', 'cyclic object'),
  /** As browsers do, with whatever else is in an object. */
  flagOrOptions: names(
    ...['true', 'false', 'empty object', 'object without a prototype', 'nested object'],
    ...['cyclic object', 'list', 'date', 'map', 'event', 'promise', 'throwing getter'],
  ),
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** One parameter of a method: a value that is right, what else it takes, and whether it may be left out. */
export interface Parameter {
  readonly right: unknown;
  readonly takes: keyof typeof TAKES;
  readonly isOptional?: true;
}

/** The values that a parameter does not take, by name. */
export const wrongFor = ({ takes, isOptional }: Parameter): readonly string[] =>
  Object.keys(VALUES).filter(
    (name) =>
      !(TAKES[takes] as readonly string[]).includes(name) && !(isOptional && name === 'undefined'),
  );
