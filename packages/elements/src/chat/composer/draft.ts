// Keeps unsent text with its room, and across a reload of the tab if the browser allows storage.
import type { SharedRoom } from '../../session/shared-room.js';

/** The unsent text for one room. */
export interface Draft {
  load(): string;
  /** An empty text deletes the draft. */
  save(text: string): void;
  /** Saves a text that came back, unless another was begun meanwhile. */
  saveUnlessBegun(text: string): void;
}

/** One draft for each session, however many fields there are. */
const drafts = new WeakMap<SharedRoom, Draft>();
/** How many Rooms of the page have a name: nobody knows their hosts, so the name is not enough. */
const adopted = new Map<string, number>();

export function draftOf(shared: SharedRoom): Draft {
  const draft = drafts.get(shared) ?? createDraft(nameOf(shared), () => sessionStorage);
  drafts.set(shared, draft);
  return draft;
}

function nameOf({ isAdopted, options }: SharedRoom): string {
  const name = `${options.host ?? ''} ${options.room}`;
  if (!isAdopted) return name;
  const before = adopted.get(name) ?? 0;
  adopted.set(name, before + 1);
  return before === 0 ? name : `${name} ${before + 1}`;
}

/** Texts by key, for browsers that allow no storage: they last as long as the page. */
const inMemory = new Map<string, string>();

/**
 * The draft called `name`. `getStorage` is called on every use, because a browser may throw even when
 * the storage is only accessed.
 */
export function createDraft(name: string, getStorage: () => Storage): Draft {
  const key = `rtc-draft:${name}`;
  const load = (): string => {
    const text = inMemory.get(key);
    if (text !== undefined) return text;
    try {
      return getStorage().getItem(key) ?? '';
    } catch {
      return '';
    }
  };
  const save = (text: string): void => {
    if (text === '') inMemory.delete(key);
    try {
      if (text === '') getStorage().removeItem(key);
      else getStorage().setItem(key, text);
      inMemory.delete(key);
    } catch {
      // The storage is full or forbidden.
      if (text !== '') inMemory.set(key, text);
    }
  };
  return {
    load,
    save,
    saveUnlessBegun: (text) => void (load() === '' && save(text)),
  };
}
