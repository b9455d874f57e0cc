// A count of new things in front of the page's title.
import { PageTitle } from './page-title.js';

const KEY = Symbol.for('rtc-elements.title');

/** On `globalThis`, so that all bundles on a page share them: a document has one title. */
const titles = ((globalThis as { [KEY]?: WeakMap<Document, PageTitle> })[KEY] ??= new WeakMap());

/** The count of one element. The title shows those of all rooms; with 0, it is the page's own again. */
export class TitleCount {
  #title: PageTitle | null = null;

  /** Sets the count of this element, in the title of its document. Those of several elements of one `room` count once. */
  show(count: number, room: object, page = document): void {
    const title = titles.get(page) ?? new PageTitle(page);
    titles.set(page, title);
    if (title !== this.#title) this.clear();
    this.#title = title;
    title.count(this, count, room);
  }

  /** Takes the count of this element away. */
  clear(): void {
    this.#title?.count(this, 0, this);
  }
}
