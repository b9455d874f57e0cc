// A team page around two elements that name the same room, so they share one socket and one identity.
// The chat is there from the start. The meeting uses camera and microphone only once it is opened.
// Notices from the backend appear as toasts, and the first person to join finds the lock under People.
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

/** Adds camera and microphone to the chat's session; the others do not see a second person. */
function openMeeting(name) {
  if (!panes.meeting.firstElementChild) {
    const controls = 'mic camera screen people leave';
    const notify = 'toast sound title system';
    const room = element('rtc-room', { room: ROOM, name, lobby: 'off', controls, notify });
    panes.meeting.append(room);
    // The element itself shows a refusal.
    room.join().catch(() => undefined);
  }
  show('meeting');
}

/** Leaving the meeting keeps the chat: without the room element, the session is chat only. */
panes.meeting.addEventListener('rtc-request', (event) => {
  if (event.action.do !== 'leave') return;
  event.preventDefault();
  panes.meeting.replaceChildren();
  show('chat');
});

/** A wide page shows both panes, a narrow one only the selected pane. */
function show(pane) {
  desk.dataset.pane = pane;
  panes.meeting.hidden = !panes.meeting.firstElementChild;
  for (const key of Object.keys(tabs)) tabs[key].setAttribute('aria-pressed', String(key === pane));
}

/** The chat's button counts messages that arrive while the chat is out of sight. */
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
