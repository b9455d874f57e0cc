// How many things are new, in front of the page's title.

/** The count of one element; the page's own title comes back with 0. */
export class TitleCount {
  /** The page's title without our count. */
  #title: string | null = null;

  show(count: number): void {
    if (count > 0) {
      this.#title ??= document.title;
      document.title = `(${count}) ${this.#title}`;
    } else if (this.#title !== null) {
      document.title = this.#title;
      this.#title = null;
    }
  }
}
