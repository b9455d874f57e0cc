// The base class of the elements that show people's names. Every one of them loads later than the first file.
import { RtcElement } from '../base/rtc-element.js';
import { nameBookOf, type NameBook, type NamedUser } from './name-book.js';

export abstract class NamingElement extends RtcElement {
  /** What tells people apart whose names look the same; `null` without a room. */
  protected get names(): NameBook | null {
    const { shared } = this.rtc;
    return shared && nameBookOf(shared);
  }

  /** A person's name as it is shown: never one that looks like somebody else's. */
  protected nameOf(person: NamedUser): string {
    return this.names?.labelOf(person) ?? person.name;
  }
}
