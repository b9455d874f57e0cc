import { Controls } from './controls';

type Query = Promise<{ host: string; room: string; name: string }>;

/** Rendered on the server for each request. */
export default async function Page({ searchParams }: { searchParams: Query }) {
  const { host, room, name } = await searchParams;
  return <Controls host={host} room={room} name={name} />;
}
