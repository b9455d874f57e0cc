/** All elements of the package, in a room without a wire, wherever a test wants them. */
import { RtcChat } from '../../packages/elements/src/chat/rtc-chat.js';
import { RtcRoom } from '../../packages/elements/src/room/rtc-room.js';
import { loadMore } from '../../packages/elements/src/session/requests/load-more.js';
import { FakeRoom } from './fake-room.js';
import { ROOMS } from './gallery-rooms.js';
import { settle } from './show.js';

/** Loads everything, and returns every tag but that of `<rtc-room>`. */
export async function everyTag(): Promise<readonly string[]> {
  const groups = [RtcRoom.lazyElements, RtcChat.lazyElements].flatMap((all) => Object.values(all));
  const modules = await Promise.all(groups.map((lazy) => lazy.load()));
  await loadMore();
  const tags = modules.flatMap(({ elements }) => Object.keys(elements));
  return ['rtc-chat', ...new Set(tags)];
}

export interface Shown {
  readonly rooms: readonly RtcRoom[];
  /** The snapshot of each, to be changed. */
  readonly snapshots: readonly FakeRoom[];
}

/** Puts into `place`, in each kind of room, `<rtc-room>` with each panel, and every other element. */
export async function showEverything(place: Element): Promise<Shown> {
  const tags = await everyTag();
  const rooms: RtcRoom[] = [];
  const snapshots: FakeRoom[] = [];
  const add = (name: keyof typeof ROOMS, ...inside: Element[]): RtcRoom => {
    const room = document.createElement('rtc-room');
    const snapshot = new FakeRoom(ROOMS[name]);
    Object.assign(room, { client: snapshot, lang: 'en', lobby: name === 'alone' ? 'on' : 'auto' });
    size(room, ...inside);
    room.append(...inside);
    rooms.push(room);
    snapshots.push(snapshot);
    place.append(room);
    return room;
  };
  for (const name of Object.keys(ROOMS)) {
    add(name);
    add(name, ...tags.map((tag) => element(tag)));
  }
  for (const panel of ['chat', 'people', 'stats'] as const) {
    const room = add('busy');
    await settle(room);
    room.rtc.shared?.togglePanel(panel, true);
  }
  for (let pass = 0; pass < 3; pass += 1) await Promise.all(rooms.map(settle));
  return { rooms, snapshots };
}

function element(tag: string): HTMLElement {
  const one = document.createElement(tag);
  if (tag === 'rtc-tile') one.setAttribute('session', 'session-ada');
  return one;
}

/** Fixed, so that nothing around them changes what is in them. */
function size(...elements: Element[]): void {
  for (const one of elements)
    Object.assign((one as HTMLElement).style, { width: '900px', height: '400px' });
}

/** Every element in the shadow roots below `root`, and the elements that have those. */
export function* deep(root: ParentNode): Iterable<Element> {
  for (const one of root.querySelectorAll('*')) {
    if (!one.shadowRoot) continue;
    yield one;
    yield* inside(one.shadowRoot);
  }
}

function* inside(root: ShadowRoot): Iterable<Element> {
  for (const one of root.querySelectorAll('*')) {
    yield one;
    if (one.shadowRoot) yield* inside(one.shadowRoot);
  }
}

/** Where an element is, in words. */
export function pathOf(element: Element): string {
  const root = element.getRootNode();
  const own = element.localName + (element.id ? `#${element.id}` : '');
  const name = element.classList.length > 0 ? `${own}.${element.classList[0] ?? ''}` : own;
  return 'host' in root ? `${pathOf((root as ShadowRoot).host)} ${name}` : name;
}
