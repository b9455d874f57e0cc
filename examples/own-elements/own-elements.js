// Elements of a page's own, without a library and without an import: they ask the room by `rtc-request`, and
// are given it by the context protocol.

/**
 * Asks the room that `element` is in, or that it names in `for`.
 * @param {Element} element
 * @param {{ readonly do: string } & Record<string, unknown>} action
 */
function ask(element, action) {
  const event = new CustomEvent('rtc-request', {
    bubbles: true,
    composed: true,
    cancelable: true,
    detail: action,
  });
  element.dispatchEvent(event);
  // Set by the room: `done` with a value, `prevented`, or `failed` with an error.
  return /** @type {any} */ (event).result;
}

const ACTIONS = {
  join: { do: 'join', name: 'Guest' },
  microphone: { do: 'toggle-microphone' },
  camera: { do: 'toggle-camera' },
  screen: { do: 'toggle-screen' },
  leave: { do: 'leave' },
};

const style = new CSSStyleSheet();
style.replaceSync(`
  :host { display: flex; flex-wrap: wrap; gap: 8px; justify-content: center; }
  button {
    padding: 8px 16px;
    border: 1px solid #8886;
    border-radius: 8px;
    background: none;
    color: inherit;
    font: inherit;
    text-transform: capitalize;
  }
  button[aria-pressed='true'] { border-color: transparent; background: #2f6fed; color: white; }
`);

/** A bar of buttons that follows whatever room is around it. */
class MyBar extends HTMLElement {
  #room = null;
  #stop = () => {};
  #unsubscribe = () => {};
  #buttons = this.attachShadow({ mode: 'open' });
  #shown = '';

  connectedCallback() {
    this.#buttons.adoptedStyleSheets = [style];
    const request = new Event('context-request', { bubbles: true, composed: true });
    this.dispatchEvent(
      Object.assign(request, {
        context: Symbol.for('rtc-elements.room'),
        contextTarget: this,
        callback: this.#onRoom,
        subscribe: true,
      }),
    );
  }

  disconnectedCallback() {
    this.#unsubscribe();
    this.#stop();
  }

  /** Called at once, and again when the room is replaced, as when somebody joins again. */
  #onRoom = (room, unsubscribe = () => {}) => {
    // Another provider may have taken over.
    if (unsubscribe !== this.#unsubscribe) this.#unsubscribe();
    this.#unsubscribe = unsubscribe;
    if (room === this.#room) return;
    this.#stop();
    this.#room = room;
    this.#stop = room?.subscribe(() => this.#render()) ?? (() => {});
    this.#render();
  };

  #render() {
    const state = this.#room?.getSnapshot();
    const isOut = !state || state.connection === 'idle' || state.connection === 'closed';
    // A snapshot changes often; a button that is being clicked should stay.
    const names = isOut ? ['join'] : ['microphone', 'camera', 'screen', 'leave'];
    if (names.join() !== this.#shown) {
      this.#shown = names.join();
      this.#buttons.replaceChildren(...names.map((name) => this.#button(name)));
    }
    for (const button of this.#buttons.children) {
      const source = state?.media[button.textContent];
      if (source) button.ariaPressed = String(source.status !== 'off');
    }
  }

  #button(name) {
    const button = document.createElement('button');
    button.textContent = name;
    button.onclick = async () => {
      const outcome = await ask(this, ACTIONS[name]);
      button.title = outcome.status === 'failed' ? outcome.error.message : outcome.status;
    };
    return button;
  }
}

/** A button that is elsewhere on the page. */
class MyHand extends HTMLElement {
  connectedCallback() {
    const button = document.createElement('button');
    button.textContent = 'Raise or lower hand';
    button.onclick = () => ask(this, { do: 'toggle-hand' });
    this.append(button);
  }
}

// Elements that ask for a room before there is code for one are not heard.
await customElements.whenDefined('rtc-room');
customElements.define('my-bar', MyBar);
customElements.define('my-hand', MyHand);

document.addEventListener('rtc-request', (event) => {
  if (document.querySelector('#veto').checked) event.preventDefault();
});
