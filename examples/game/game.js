// A game without a server of its own. Each page flies its own comet and says where it is: an ephemeral value, 30 times a
// second, of which the latest counts. The others are drawn with `at()`, a little behind and smooth. Who burns must be the
// same for everybody, so that is a shared value. Stars need no message at all: their places follow from the time.
import { joinRoom } from '../../packages/core/dist/cdn/rtc-core.min.js';

/** The sky is as large for everybody, whatever the size of the window. */
const WIDTH = 1600;
const HEIGHT = 1000;
const SPEED = 430;
const DASH = 2.6;
const TOUCH = 46;
const STAR_MS = 1_500;
const STARS = 8;

const isCalm = window.matchMedia('(prefers-reduced-motion: reduce)');
const trails = new Map();
const dots = Array.from({ length: 160 }, (_, index) => [
  (index * 733) % WIDTH,
  (index * 421) % HEIGHT,
  0.4 + (index % 5) * 0.25,
]);

const sky = document.querySelector('#sky');
const form = document.querySelector('#join');
const keys = new Set();
const me = { x: WIDTH / 2, y: HEIGHT / 2, vx: 0, vy: 0, stars: 0, got: 0, dash: 0 };
const taken = new Set();
let aim = null;
let lastTap = 0;
let room = null;
let comets = null;
let safeUntil = 0;

form.elements.name.value = localStorage.getItem('game-name') ?? '';
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const name = form.elements.name.value.trim();
  if (!name) return;
  localStorage.setItem('game-name', name);
  try {
    room = await joinRoom({ room: 'game', name, audio: 'off', video: 'off' });
  } catch (error) {
    document.querySelector('#news').textContent = error.message;
    return;
  }
  comets = room.ephemeral('comet');
  room.addEventListener('state-change', greetBurning);
  Object.assign(me, {
    x: WIDTH * (0.2 + 0.6 * Math.random()),
    y: HEIGHT * (0.2 + 0.6 * Math.random()),
  });
  form.hidden = true;
  sky.focus();
});

const DIRECTIONS = {
  ArrowLeft: [-1, 0],
  KeyA: [-1, 0],
  ArrowRight: [1, 0],
  KeyD: [1, 0],
  ArrowUp: [0, -1],
  KeyW: [0, -1],
  ArrowDown: [0, 1],
  KeyS: [0, 1],
};

window.addEventListener('keydown', (event) => {
  if (!room || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.code === 'Space') dash();
  if (DIRECTIONS[event.code]) keys.add(event.code);
  if (DIRECTIONS[event.code] || event.code === 'Space') event.preventDefault();
});
window.addEventListener('keyup', ({ code }) => keys.delete(code));
window.addEventListener('blur', () => keys.clear());
sky.addEventListener('pointerdown', (event) => {
  sky.setPointerCapture(event.pointerId);
  if (event.timeStamp - lastTap < 300) dash();
  lastTap = event.timeStamp;
  aim = toSky(event);
});
sky.addEventListener('pointermove', (event) => aim && (aim = toSky(event)));
for (const type of ['pointerup', 'pointercancel']) sky.addEventListener(type, () => (aim = null));

function toSky({ clientX, clientY }) {
  const { left, top, width, height } = sky.getBoundingClientRect();
  return { x: ((clientX - left) / width) * WIDTH, y: ((clientY - top) / height) * HEIGHT };
}

function dash() {
  if (me.dash <= 0) me.dash = 1;
}

/** The time that all pages agree on: that of the room. */
const now = () => Date.now() + (room?.getSnapshot().clockOffsetMs ?? 0);

/** The stars of this moment: number, place and age follow from the time alone. */
function stars() {
  const newest = Math.floor(now() / STAR_MS);
  return Array.from({ length: STARS }, (_, index) => newest - index)
    .filter((id) => !taken.has(id))
    .map((id) => ({
      id,
      x: WIDTH * (0.06 + 0.88 * noise(id)),
      y: HEIGHT * (0.08 + 0.84 * noise(id + 0.5)),
      age: (now() - id * STAR_MS) / (STAR_MS * STARS),
    }));
}

const noise = (seed) => {
  const value = Math.sin((seed % 100_000) * 127.1) * 43_758.5453;
  return value - Math.floor(value);
};

const burning = () => room?.sharedState.get('burning')?.value ?? null;

/** Whoever burns may hand it on; if they have left, the person who is here longest burns. */
async function passOn(to) {
  const entry = room.sharedState.get('burning');
  safeUntil = now() + 1_500;
  // Somebody else was faster, or the room is out of reach: the next touch counts.
  await room.sharedState.set('burning', to, { rev: entry?.rev ?? 0 }).catch(() => undefined);
}

function greetBurning() {
  const { you, peers } = room.getSnapshot();
  const holder = [you, ...peers].find((person) => person?.session === burning());
  const isMe = holder && holder === you;
  if (isMe) safeUntil = now() + 1_500;
  const words = isMe ? 'You burn! Touch somebody.' : holder ? `${holder.name} burns.` : '';
  document.querySelector('#news').textContent = words;
}

/** Where the others are, as they say, if it makes sense. */
function others() {
  const { peers } = room.getSnapshot();
  return peers.flatMap(({ session, user, name }) => {
    const comet = comets.at(session);
    const isRight = ['x', 'y', 'vx', 'vy', 'stars', 'got'].every((key) =>
      Number.isFinite(comet?.[key]),
    );
    if (!isRight) return [];
    if (comet.got) taken.add(Math.round(comet.got));
    return [{ ...comet, session, user, name }];
  });
}

function fly(seconds) {
  let [x, y] = [0, 0];
  for (const code of keys) [x, y] = [x + DIRECTIONS[code][0], y + DIRECTIONS[code][1]];
  if (aim) [x, y] = [aim.x - me.x, aim.y - me.y];
  const length = Math.hypot(x, y);
  const isStill = length < (aim ? 12 : 0.1);
  const speed = SPEED * (me.dash > 0.6 ? DASH : 1);
  const turn = Math.min(1, seconds * 6);
  me.vx += ((isStill ? 0 : (x / length) * speed) - me.vx) * turn;
  me.vy += ((isStill ? 0 : (y / length) * speed) - me.vy) * turn;
  me.dash = Math.max(0, me.dash - seconds);
  me.x = Math.min(WIDTH - 20, Math.max(20, me.x + me.vx * seconds));
  me.y = Math.min(HEIGHT - 20, Math.max(20, me.y + me.vy * seconds));
}

function play(all) {
  const { you, peers } = room.getSnapshot();
  const holder = burning();
  const isHere = [you, ...peers].some(({ session }) => session === holder);
  const longest = [you, ...peers].sort((one, other) => one.joinedAt - other.joinedAt)[0];
  if (!isHere && peers.length > 0 && longest === you && now() > safeUntil) void passOn(you.session);
  const near = (one) => Math.hypot(one.x - me.x, one.y - me.y) < TOUCH;
  if (holder === you.session && peers.length > 0) {
    const victim = all.find(near);
    if (victim && now() > safeUntil) void passOn(victim.session);
    return;
  }
  for (const { id } of stars().filter(near)) {
    taken.add(id);
    Object.assign(me, { got: id, stars: me.stars + 1 });
  }
}

let before = 0;
function frame(time) {
  const seconds = Math.min(0.05, (time - before) / 1_000);
  before = time;
  let all = [];
  if (room?.getSnapshot().you) {
    const { you } = room.getSnapshot();
    fly(seconds);
    all = others();
    play(all);
    // As often as the screen shows a picture; the room sends what is newest, 30 times a second.
    const { x, y, vx, vy, stars: count, got } = me;
    comets.set({ x: round(x), y: round(y), vx: round(vx), vy: round(vy), stars: count, got });
    all.push({ ...me, session: you.session, user: you.user, name: you.name, isMe: true });
    showScores(all);
  }
  if (taken.size > 200) taken.delete(taken.values().next().value);
  drawSky(sky, { comets: all, stars: stars(), burning: burning(), time });
  requestAnimationFrame(frame);
}
requestAnimationFrame(frame);

const round = (value) => Math.round(value * 10) / 10;

let shown = '';
function showScores(all) {
  const lines = all
    .sort((one, other) => other.stars - one.stars)
    .map(({ name, stars: count, isMe }) => `${isMe ? 'You' : name}: ${Math.round(count)}`);
  if (lines.join('\n') === shown) return;
  shown = lines.join('\n');
  const rows = lines.map((line) =>
    Object.assign(document.createElement('li'), { textContent: line }),
  );
  document.querySelector('#scores').replaceChildren(...rows);
}

function drawSky(canvas, { comets, stars, burning, time }) {
  const width = Math.round(canvas.clientWidth * window.devicePixelRatio);
  if (canvas.width !== width)
    Object.assign(canvas, { width, height: Math.round(width * (HEIGHT / WIDTH)) });
  const brush = canvas.getContext('2d');
  brush.setTransform(width / WIDTH, 0, 0, width / WIDTH, 0, 0);
  drawNight(brush, time);
  for (const star of stars) drawStar(brush, star, time);
  const here = new Set(comets.map(({ session }) => session));
  for (const session of trails.keys()) if (!here.has(session)) trails.delete(session);
  for (const comet of comets) drawComet(brush, comet, comet.session === burning, time);
}

function drawNight(brush, time) {
  const night = brush.createRadialGradient(
    WIDTH * 0.5,
    HEIGHT * 1.1,
    100,
    WIDTH / 2,
    HEIGHT / 2,
    WIDTH * 0.75,
  );
  night.addColorStop(0, '#23305f');
  night.addColorStop(0.5, '#101735');
  night.addColorStop(1, '#070a16');
  brush.fillStyle = night;
  brush.fillRect(0, 0, WIDTH, HEIGHT);
  brush.fillStyle = '#cdd6ff';
  for (const [x, y, size] of dots) {
    brush.globalAlpha = isCalm.matches ? 0.5 : 0.35 + 0.25 * Math.sin(time / 900 + x);
    brush.fillRect(x, y, size * 1.6, size * 1.6);
  }
  brush.globalAlpha = 1;
}

function drawStar(brush, { x, y, age }, time) {
  const size = 13 * Math.min(1, age * 12, (1 - age) * 6);
  const turn = isCalm.matches ? 0 : time / 1_200;
  brush.save();
  brush.translate(x, y);
  brush.rotate(turn);
  brush.shadowColor = '#ffe9a8';
  brush.shadowBlur = 24;
  brush.fillStyle = '#fff2c4';
  brush.beginPath();
  for (let point = 0; point < 10; point += 1) {
    const radius = Math.max(0, point % 2 ? size * 0.45 : size);
    brush.lineTo(
      Math.cos((point * Math.PI) / 5) * radius,
      Math.sin((point * Math.PI) / 5) * radius,
    );
  }
  brush.fill();
  brush.restore();
}

function drawComet(brush, { session, user, name, x, y, isMe }, burns, time) {
  const hue = burns ? 18 : hueOf(user);
  const trail = trails.get(session) ?? [];
  trails.set(session, trail);
  trail.push([x, y]);
  if (trail.length > (isCalm.matches ? 1 : 26)) trail.shift();
  brush.lineCap = 'butt';
  for (let index = 1; index < trail.length; index += 1) {
    brush.strokeStyle = `hsl(${hue} 95% 65% / ${(index / trail.length) * 0.55})`;
    brush.lineWidth = (index / trail.length) * (burns ? 34 : 24);
    brush.beginPath();
    brush.moveTo(...trail[index - 1]);
    brush.lineTo(...trail[index]);
    brush.stroke();
  }
  const radius = burns && !isCalm.matches ? 21 + 3 * Math.sin(time / 80) : 18;
  const glow = brush.createRadialGradient(x, y, 2, x, y, radius * 2.4);
  glow.addColorStop(0, '#fff');
  glow.addColorStop(0.35, `hsl(${hue} 100% 70%)`);
  glow.addColorStop(1, `hsl(${hue} 100% 60% / 0)`);
  brush.fillStyle = glow;
  brush.beginPath();
  brush.arc(x, y, radius * 2.4, 0, Math.PI * 2);
  brush.fill();
  brush.fillStyle = '#fff';
  // On a small screen, what is written is still large enough to read.
  const size = Math.max(22, (12 * WIDTH) / brush.canvas.clientWidth);
  brush.font = `${isMe ? 700 : 500} ${size}px system-ui, sans-serif`;
  brush.textAlign = 'center';
  brush.fillText(isMe ? 'You' : name, x, y > 70 ? y - 34 : y + 54);
}

function hueOf(user) {
  let hash = 0;
  for (const letter of user) hash = (hash * 31 + letter.charCodeAt(0)) % 360;
  return 150 + (hash % 170);
}
