/**
 * A page's side of the gallery: every element in a few rooms without a wire. Bundled apart from the elements,
 * so that the same rooms can be shown by the elements as they are written and as they are built.
 */
import { FakeRoom } from '../fake-room.js';
import { ROOMS, TRANSFERS } from '../gallery-rooms.js';

const settle = async (element: Element): Promise<void> => {
  const { updateComplete, shadowRoot } = element as Element & { updateComplete?: Promise<unknown> };
  await updateComplete;
  const inside = [...element.children, ...(shadowRoot?.querySelectorAll('*') ?? [])];
  await Promise.all(inside.filter(({ localName }) => localName.includes('-')).map(settle));
};

/**
 * Every text below `element` as it is laid out, through shadow roots: space between two blocks says nothing,
 * space within a sentence does.
 */
const textsOf = (element: Element): string[] => {
  const root = element.shadowRoot;
  const drawn = [...(root?.children ?? [])].map((child) =>
    child instanceof HTMLElement && child.checkVisibility() ? child.innerText : '',
  );
  const label = element.getAttribute('aria-label') ?? '';
  const inside = [...(root?.children ?? []), ...element.children].flatMap(textsOf);
  return [label, ...drawn, ...inside].map((text) => text.trim()).filter((text) => text !== '');
};

const gallery = {
  rooms: Object.keys(ROOMS),

  /** Puts `tag` into a room of that name, in place of what stood there, and waits until it is drawn. */
  async show(tag: string, name: string): Promise<void> {
    document.body.replaceChildren();
    const room = document.createElement('rtc-room');
    room.setAttribute('lang', 'en');
    const client = new FakeRoom(ROOMS[name]);
    client.files.set(TRANSFERS);
    Object.assign(room, { client });
    const frame = document.createElement('div');
    frame.id = 'frame';
    if (tag === 'rtc-room') frame.append(room);
    else {
      const element = document.createElement(tag);
      if (tag === 'rtc-tile') element.setAttribute('session', 'session-ada');
      room.append(element);
      frame.append(room);
    }
    document.body.append(frame);
    await customElements.whenDefined(tag);
    // What is shown by what was just drawn is drawn after it.
    for (let pass = 0; pass < 4; pass += 1) {
      await settle(room);
      await new Promise(requestAnimationFrame);
    }
    await document.fonts.ready;
  },

  texts: (): readonly string[] => textsOf(document.body),
};

declare global {
  interface Window {
    gallery: typeof gallery;
  }
}

window.gallery = gallery;
