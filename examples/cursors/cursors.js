// A board with cards that everybody can drag. The pointers are `<rtc-cursors>` alone; where a card lies is a shared
// value, stored in the room; where it is while somebody drags it is an ephemeral value, gone when they let go.
const CARDS = ['Lisbon', 'Oslo', 'Kyoto', 'Tbilisi', 'Valparaíso', 'Marrakesh'];

const board = document.querySelector('#board');
const element = document.querySelector('rtc-room');
const form = document.querySelector('#who');
const cards = new Map(CARDS.map((name, index) => [name, makeCard(name, index)]));
let room = null;
let dragged = null;

form.elements.name.value = localStorage.getItem('cursors-name') ?? '';
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const name = form.elements.name.value.trim();
  if (!name) return;
  localStorage.setItem('cursors-name', name);
  element.name = name;
  await element.join();
  form.hidden = true;
  room = element.client;
  dragged = room.ephemeral('dragged');
  dragged.subscribe(draw);
  room.subscribe(draw);
  draw();
});

/** A card lies where the room says, unless somebody is dragging it. */
function draw() {
  const moving = new Map([...dragged.getSnapshot().values()].map((at) => [at?.card, at]));
  for (const [name, card] of cards) {
    if (card.classList.contains('held')) continue;
    const at = moving.get(name) ?? room.sharedState.get(`card.${cardKey(name)}`)?.value;
    card.classList.toggle('moving', moving.has(name));
    if (at) place(card, at);
  }
}

/** As a share of the board, so that windows of different sizes agree. */
function place(card, { x, y }) {
  if (!Number.isFinite(x) || !Number.isFinite(y)) return;
  card.style.left = `${Math.min(1, Math.max(0, x)) * 100}%`;
  card.style.top = `${Math.min(1, Math.max(0, y)) * 100}%`;
}

function makeCard(name, index) {
  const card = document.createElement('button');
  card.type = 'button';
  card.className = 'card';
  card.textContent = name;
  card.style.setProperty('--hue', String(40 + index * 55));
  place(card, { x: 0.2 + 0.3 * (index % 3), y: index < 3 ? 0.3 : 0.7 });
  card.addEventListener('pointerdown', (event) => {
    if (!room) return;
    card.setPointerCapture(event.pointerId);
    card.classList.add('held');
  });
  card.addEventListener('pointermove', (event) => card.classList.contains('held') && drag(event));
  card.addEventListener('pointerup', () => drop(name));
  card.addEventListener('pointercancel', () => drop(name));
  card.addEventListener('keydown', (event) => nudge(event, name));
  board.append(card);
  return card;

  function drag({ clientX, clientY }) {
    const { left, top, width, height } = board.getBoundingClientRect();
    const at = { card: name, x: (clientX - left) / width, y: (clientY - top) / height };
    place(card, at);
    dragged.set(at);
  }
}

function drop(name) {
  const card = cards.get(name);
  if (!card.classList.contains('held')) return;
  card.classList.remove('held');
  store(name, () => dragged.set(null));
}

/** The arrow keys move a card as well. */
function nudge(event, name) {
  const [x, y] = { ArrowLeft: [-2, 0], ArrowRight: [2, 0], ArrowUp: [0, -3], ArrowDown: [0, 3] }[
    event.key
  ] ?? [0, 0];
  if (!room || (!x && !y)) return;
  event.preventDefault();
  const { style } = cards.get(name);
  place(cards.get(name), {
    x: (parseFloat(style.left) + x) / 100,
    y: (parseFloat(style.top) + y) / 100,
  });
  store(name);
}

/** The room keeps where it lies now; then nobody needs to know how it got there. */
async function store(name, then = () => undefined) {
  const { left, top } = cards.get(name).style;
  const at = { x: parseFloat(left) / 100, y: parseFloat(top) / 100 };
  const failed = ({ message }) => (document.querySelector('#status').textContent = message);
  await room.sharedState.set(`card.${cardKey(name)}`, at).catch(failed);
  then();
}

/** Keys of the shared state are plain letters. */
function cardKey(name) {
  return name.normalize('NFD').replace(/[^A-Za-z]/g, '');
}
