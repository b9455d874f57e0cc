const query = new URLSearchParams(location.search);
const at = (id) => document.getElementById(id);
let renders = 0;
let version = 0;

function show() {
  const room = document.createElement('rtc-room');
  for (const name of ['host', 'room', 'name']) room.setAttribute(name, query.get(name));
  room.setAttribute('lobby', 'off');
  room.setAttribute('max-peers', '4');
  room.toggleAttribute('autojoin', true);
  room.messages = { leave: `Leave, ${renders}` };
  const count = () => (at('others').textContent = room.client.getSnapshot().peers.length);
  for (const event of ['rtc-join', 'rtc-peer-join', 'rtc-peer-leave'])
    room.addEventListener(event, count);
  at('call').replaceChildren(room);
}

at('toggle').onclick = () => (at('call').firstChild ? at('call').replaceChildren() : show());
at('render').onclick = () => {
  at('renders').textContent = String((renders += 1));
  at('call').firstChild.messages = { leave: `Leave, ${renders}` };
};
at('replace').onclick = () => {
  at('version').textContent = String((version += 1));
  show();
};

show();
