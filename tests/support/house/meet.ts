/** Where most tests of the room begin: a house with people in it. */
import type { HelloMessage } from '@rtc-elements/protocol';

import { House, type HouseOptions } from './house.js';
import type { RawClient } from './raw-client.js';

/** A house, and each person's client by the name they were given. */
export type Meeting<Who extends string> = { readonly house: House } & Readonly<
  Record<Who, RawClient>
>;

/**
 * People join a new house one after the other, in the order of `people`: `ann` under the name "Ann",
 * with these differences from the usual `hello`. Nobody has been told of changes in presence yet.
 */
export async function meet<Who extends string>(
  people: Readonly<Record<Who, Partial<HelloMessage>>>,
  options: HouseOptions = {},
): Promise<Meeting<Who>> {
  const house = new House(options);
  const entries = Object.entries(people) as [Who, Partial<HelloMessage>][];
  const clients = entries.map(([who, changes]) => ({ who, changes, client: house.client() }));
  for (const { who, changes, client } of clients) await client.join(capitalized(who), changes);
  const byName = Object.fromEntries(clients.map(({ who, client }) => [who, client]));
  return { house, ...(byName as Record<Who, RawClient>) };
}

const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
