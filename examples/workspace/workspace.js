// A team page around two elements that name the same room: they share one socket and one identity.
// The chat is there from the start; the meeting takes camera and microphone only once it is opened.
// What the backend says shows as toasts, and whoever came first finds the lock under People.
const ROOM = 'workspace';

const header = document.querySelector('header nav');
const form = document.querySelector('#who');
const desk = document.querySelector('main');
const panes = {
  chat: document.querySelector('#chat'),
  meeting: document.querySelector('#meeting'),
};
const tabs = {
  chat: document.querySelector('#show-chat'),
  meeting: document.querySelector('#show-meeting'),
};
const badge = document.querySelector('#unread');

form.elements.name.value = localStorage.getItem('workspace-name') ?? '';
form.addEventListener('submit', (event) => {
  event.preventDefault();
  const name = form.elements.name.value.trim();
  if (!name) return;
  localStorage.setItem('workspace-name', name);
  form.hidden = true;
  desk.hidden = header.hidden = false;
  panes.chat.append(element('rtc-chat', { room: ROOM, name, notify: 'toast sound title system' }));
  tabs.chat.addEventListener('click', () => show('chat'));
  tabs.meeting.addEventListener('click', () => openMeeting(name));
});

/** The chat's session gains camera and microphone; nobody sees a second person. */
function openMeeting(name) {
  if (!panes.meeting.firstElementChild) {
    const controls = 'mic camera screen people leave';
    const notify = 'toast sound title system';
    const room = element('rtc-room', { room: ROOM, name, lobby: 'off', controls, notify });
    panes.meeting.append(room);
    // A refusal is shown by the element itself.
    room.join().catch(() => undefined);
  }
  show('meeting');
}

/** Leaving the meeting is not leaving the team: without its room element the session is chat only. */
panes.meeting.addEventListener('rtc-request', (event) => {
  if (event.action.do !== 'leave') return;
  event.preventDefault();
  panes.meeting.replaceChildren();
  show('chat');
});

/** On a wide page both panes are visible; on a narrow one only the chosen one. */
function show(pane) {
  desk.dataset.pane = pane;
  panes.meeting.hidden = !panes.meeting.firstElementChild;
  for (const key of Object.keys(tabs)) tabs[key].setAttribute('aria-pressed', String(key === pane));
}

/** What arrives while the chat is out of sight is counted on its button. */
panes.chat.addEventListener('rtc-unread', ({ unread }) => {
  badge.textContent = String(unread);
  badge.hidden = unread === 0;
  tabs.chat.setAttribute('aria-label', unread === 0 ? 'Chat' : `Chat, ${unread} unread`);
});

function element(tag, attributes) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
