// A call without our elements: the page draws everything, and the JavaScript API does the rest.
// One function renders the whole page from one snapshot. It runs whenever the snapshot changes.
import { joinRoom } from '../../packages/core/dist/cdn/rtc-core.min.js';

const $ = (id) => document.getElementById(id);
const tiles = new Map();
let room = null;

$('join').addEventListener('submit', async (event) => {
  event.preventDefault();
  try {
    room = await joinRoom({ room: 'own-ui', name: event.target.elements.name.value.trim() });
  } catch (error) {
    $('problem').textContent = error.message;
    return;
  }
  $('join').hidden = true;
  document.querySelector('main').hidden = false;
  room.subscribe(render);
  render();
});

const devices = {
  microphone: (on) => room.media.setMicrophone(on),
  camera: (on) => room.media.setCamera(on),
  screen: (on) => (on ? room.media.shareScreen({ audio: true }) : room.media.stopScreen()),
};

for (const [source, set] of Object.entries(devices)) {
  $(source).addEventListener('click', async () => {
    const on = room.getSnapshot().media[source].status !== 'off';
    // `render` shows device problems from the snapshot. Other errors are not in it, so show them here.
    await Promise.resolve(set(!on)).catch((error) => ($('problem').textContent = error.message));
  });
}

$('leave').addEventListener('click', () => room.leave());

// Browsers may refuse to play sound before a click.
$('sound').addEventListener('click', () => room.audio.start().catch(() => undefined));

$('say').addEventListener('submit', (event) => {
  event.preventDefault();
  const field = event.target.elements.text;
  if (!field.value.trim()) return;
  room.chat.send(field.value).catch((error) => ($('problem').textContent = error.message));
  field.value = '';
});

$('say').elements.text.addEventListener('input', (event) => {
  room.chat.setTyping(event.target.value !== '');
});

function render() {
  const state = room.getSnapshot();
  const { microphone, camera } = state.media;
  $('problem').textContent = (state.problem ?? camera.problem ?? microphone.problem)?.message ?? '';
  $('status').textContent = describe(state);
  $('sound').hidden = state.soundProblem === null;
  for (const source of Object.keys(devices)) {
    $(source).setAttribute('aria-pressed', String(state.media[source].status !== 'off'));
    $(source).disabled = state.connection === 'closed';
  }
  renderPeople(state);
  renderChat(state.chat.entries);
}

function describe({ connection, peers, left }) {
  if (connection === 'closed') return `The call has ended: ${left}`;
  if (connection !== 'connected') return `${connection}…`;
  const typing = peers.filter((peer) => peer.typing).map((peer) => peer.name);
  if (typing.length === 1) return `${typing[0]} is typing…`;
  if (typing.length > 1) return `${typing.join(', ')} are typing…`;
  return peers.length === 0 ? 'Nobody else is here yet' : `${peers.length + 1} people`;
}

/** One tile per video: everybody's camera, and every shared screen. */
function renderPeople({ connection, you, peers }) {
  const wanted = new Map();
  for (const person of connection === 'closed' || !you ? [] : [you, ...peers]) {
    wanted.set(`${person.session} camera`, { person, source: 'camera', mine: person === you });
    if (person.media.screen) {
      wanted.set(`${person.session} screen`, { person, source: 'screen', mine: person === you });
    }
  }
  for (const [key, { tile, end }] of tiles) {
    if (wanted.has(key)) continue;
    end.abort();
    tile.remove();
    tiles.delete(key);
  }
  for (const [key, { person, source, mine }] of wanted) {
    if (!tiles.has(key)) tiles.set(key, makeTile(person.session, source, mine));
    const { tile } = tiles.get(key);
    if (!tile.isConnected) $('people').append(tile);
    tile.classList.toggle('speaking', person.speaking && source === 'camera');
    tile.lastElementChild.textContent = label(person, source, mine);
  }
}

function label({ name, media }, source, mine) {
  const whose = mine ? 'You' : name;
  if (source === 'screen') return `${whose} (screen)`;
  return media.microphone ? whose : `${whose} (muted)`;
}

/** From here on, the room keeps the right tracks in the video, until `end` aborts. Nobody hears themselves. */
function makeTile(session, source, mine) {
  const tile = document.createElement('li');
  const video = document.createElement('video');
  const end = new AbortController();
  tile.append(video, document.createElement('span'));
  room.attach(video, session, source, end);
  const sound = source === 'screen' ? 'screen-audio' : 'microphone';
  if (!mine) room.attach(video, session, sound, end);
  return { tile, end };
}

function renderChat(entries) {
  const rows = entries.map((entry) => {
    const row = document.createElement('li');
    const who = document.createElement('b');
    who.textContent = entry.name;
    row.append(who, ` ${entry.text}`);
    row.className = entry.status;
    return row;
  });
  $('log').replaceChildren(...rows);
  $('log').lastElementChild?.scrollIntoView({ block: 'nearest' });
}
