// Posts figures into the room, once a second, until Ctrl-C. As a backend would: with the server key, over HTTP.
//   SERVER_KEY=… node examples/dashboard/post-numbers.mjs http://localhost:8787 [room]
const [host = 'http://localhost:8787', room = 'dashboard'] = process.argv.slice(2);
const key = process.env.SERVER_KEY;
if (!key) throw new Error('Set SERVER_KEY to that of the room: see docs/guide/tokens.md.');

async function post(name, value) {
  const response = await fetch(`${host}/parties/room/${room}/state`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ key: `figure.${name}`, value }),
  });
  // 429 and 503 say when to come again; the next figure is as good.
  if (!response.ok) console.error(`${name}: ${response.status} ${await response.text()}`);
}

let [visitors, orders] = [120, 0];
for (let second = 0; ; second += 1) {
  visitors = Math.max(0, Math.round(visitors + (Math.random() - 0.48) * 12));
  orders += Math.random() < 0.4 ? 1 : 0;
  const wait = Math.round(180 + 60 * Math.sin(second / 9) + 40 * Math.random());
  await Promise.all([
    post('visitors', { label: 'Visitors now', number: visitors }),
    post('orders', { label: 'Orders today', number: orders }),
    post('checkout', { label: 'Checkout takes', number: wait, unit: 'ms' }),
  ]);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
}
