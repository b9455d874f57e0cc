// The decoder of signals, which only a client in a call hears of.
import { decode, type Decoded } from './codec.js';
import { type SignalDelivery, signalDeliverySchema } from './signal.js';

/** One schema, by its `type`. */
export const signalSchemas = { signal: signalDeliverySchema };

/** A signal as a client reads it. */
export const decodeSignal = (data: unknown): Decoded<SignalDelivery> =>
  decode(data, signalSchemas, Infinity);
