const element = document.querySelector('rtc-room');
const name = new URLSearchParams(location.search).get('name') ?? 'Aisha';

element.tokenProvider = async () => {
  const response = await fetch(
    `/api/token?${new URLSearchParams({ room: element.room, user: name })}`,
  );
  if (!response.ok) throw new Error(`no token: ${response.status}`);
  return response.text();
};
element.messages = { leave: 'Go' };
element.name = name;
