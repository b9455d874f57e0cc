// Figures that a script posts into the room over HTTP, drawn as they come. They are shared values: whoever opens the page
// later sees the last ones at once. The page joins for data only, without a call and without a name that anybody sees.
import { joinRoom } from '../../packages/core/dist/cdn/rtc-core.min.js';

/** How many values a curve shows. */
const MOST = 60;

const cards = new Map();
const status = document.querySelector('#status');

try {
  const room = await joinRoom({ room: 'dashboard', name: 'Dashboard', call: false });
  room.subscribe(() => draw(room.getSnapshot()));
  draw(room.getSnapshot());
} catch ({ message }) {
  status.textContent = message;
}

function draw({ connection, sharedState }) {
  const figures = Object.values(sharedState).filter(isFigure);
  status.textContent =
    connection === 'connected' ? `live, ${figures.length} figures` : `${connection}…`;
  document.querySelector('#hint').hidden = figures.length > 0;
  for (const { key, value, rev } of figures) {
    if (!cards.has(key)) cards.set(key, makeCard());
    show(cards.get(key), value, rev);
  }
  for (const [key, { card }] of cards) {
    if (figures.some((figure) => figure.key === key)) continue;
    card.remove();
    cards.delete(key);
  }
}

/** Other values of the room are none of ours. */
function isFigure({ key, value }) {
  return (
    key.startsWith('figure.') && typeof value?.label === 'string' && Number.isFinite(value.number)
  );
}

function makeCard() {
  const card = document.createElement('article');
  const [title, number] = [document.createElement('h2'), document.createElement('output')];
  const curve = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  curve.setAttribute('viewBox', '0 0 100 30');
  curve.setAttribute('preserveAspectRatio', 'none');
  curve.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'polyline');
  line.setAttribute('vector-effect', 'non-scaling-stroke');
  curve.append(line);
  card.append(title, number, curve);
  document.querySelector('#cards').append(card);
  return { card, title, number, line, history: [], rev: 0 };
}

/** A value of the same revision has not changed. */
function show(card, { label, number, unit = '' }, rev) {
  if (rev === card.rev) return;
  card.rev = rev;
  card.history = [...card.history, number].slice(-MOST);
  card.title.textContent = label;
  card.number.value = `${number.toLocaleString()}${unit && ` ${unit}`}`;
  const [least, most] = [Math.min(...card.history), Math.max(...card.history)];
  const points = card.history.map((one, index) => {
    const x = card.history.length < 2 ? 100 : (index / (card.history.length - 1)) * 100;
    return `${x.toFixed(1)},${(28 - ((one - least) / (most - least || 1)) * 26).toFixed(1)}`;
  });
  card.line.setAttribute('points', points.join(' '));
}
