// A count of new things in front of the page's title.

/** What each element counts, and in which room. */
const counts = new Map<TitleCount, { readonly count: number; readonly room: object }>();

/** The page's title without the count, and with it; `null` while there is no count. */
let title: { readonly own: string; readonly shown: string } | null = null;

/** The count of one element. The title shows those of all rooms; with 0, it is the page's own again. */
export class TitleCount {
  /** Sets the count of this element. Those of several elements of one `room` count once. */
  show(count: number, room: object): void {
    if (count > 0) counts.set(this, { count, room });
    else if (!counts.delete(this)) return;
    draw();
  }
}

function draw(): void {
  const byRoom = new Map<object, number>();
  for (const { count, room } of counts.values())
    byRoom.set(room, Math.max(count, byRoom.get(room) ?? 0));
  const total = [...byRoom.values()].reduce((sum, count) => sum + count, 0);
  // The page may have changed its title in the meantime.
  const own = title && document.title === title.shown ? title.own : document.title;
  document.title = total > 0 ? `(${total}) ${own}` : own;
  // Read back, because the browser strips whitespace.
  title = total > 0 ? { own, shown: document.title } : null;
}
