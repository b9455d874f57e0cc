// Keeps unsent text across a reload of the tab, if the browser allows storage.

/** One draft per room and tab. */
export interface Draft {
  load(): string;
  /** An empty text deletes the draft. */
  save(text: string): void;
}

/**
 * The draft called `name`. `getStorage` is called on every use, because a browser may throw even when
 * the storage is only accessed. Without storage, the draft lasts as long as the field.
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
        // The storage is full or forbidden. The text is still in the field.
      }
    },
  };
}
