// A count of new things in front of the page's title.

/** The count of one element. With 0, the page's own title is restored. */
export class TitleCount {
  /** The page's title without the count. */
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
