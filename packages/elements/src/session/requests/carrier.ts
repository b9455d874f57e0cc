// What carries out a request.
import type { SharedRoom } from '../shared-room.js';
import type { ParametersOf, RequestName, ValueOf } from './request-map.js';

export type Carrier<Name extends RequestName> = (
  shared: SharedRoom,
  parameters: ParametersOf<Name>,
) => ValueOf<Name> | Promise<ValueOf<Name>>;

/** By the name of the request. */
export type Carriers<Names extends RequestName = RequestName> = {
  readonly [Name in Names]: Carrier<Name>;
};
