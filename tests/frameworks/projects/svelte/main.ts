import { mount } from 'svelte';

import App from './App.svelte';

const {
  host = '',
  room = '',
  name = '',
} = Object.fromEntries(new URLSearchParams(location.search));

mount(App, { target: document.getElementById('app')!, props: { host, room, name } });
