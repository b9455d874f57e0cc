// Keeps what was typed but not sent over a reload of the tab, where the page may store anything.

/** One draft per room and tab. */
export interface Draft {
  load(): string;
  /** An empty text forgets the draft. */
  save(text: string): void;
}

/**
 * The draft named `name` in `getStorage()`, which is only touched when it is used, since a browser
 * may refuse even to hand it out. Without a storage the draft lasts as long as the field.
 */
export function createDraft(name: string, getStorage: () => Storage): Draft {
  const key = `rtc-draft:${name}`;
  return {
    load() {
      try {
        return getStorage().getItem(key) ?? '';
      } catch {
        return '';
      }
    },
    save(text) {
      try {
        if (text === '') getStorage().removeItem(key);
        else getStorage().setItem(key, text);
      } catch {
        // Full or forbidden: the text is still in the field.
      }
    },
  };
}
