import { createApp } from 'vue';

import App from './App.vue';

const {
  host = '',
  room = '',
  name = '',
} = Object.fromEntries(new URLSearchParams(location.search));

createApp(App, { host, room, name }).mount('#app');
