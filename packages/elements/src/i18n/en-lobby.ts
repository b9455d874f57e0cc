// English texts of the lobby.
import { enRoom } from './en-room.js';

/** Texts of the lobby and the elements in it. */
export const enLobby = {
  ...enRoom,
  joinRoom: 'Join {room}',
  yourName: 'Your name',
  join: 'Join',
  joining: 'Joining…',
  systemDefault: 'System default',
  test: 'Test',
  testSpeaker: 'Play a test sound',
  preview: 'Your camera preview',
  nobodyHere: 'Nobody is here yet',
  oneHere: '{a} is here',
  twoHere: '{a} and {b} are here',
  manyHere: '{a}, {b} and {count} more is here|{a}, {b} and {count} more are here',
  countHere: '{count} person is here|{count} people are here',
  callFull: 'The call is full. You can join already, and come in when somebody leaves.',
  nameMissing: 'Enter your name first.',
  checkNetwork: 'Check my connection',
  checkNone: 'Not checked yet',
  checkAgain: 'Check again',
  checkRunning: 'Checking your connection…',
  checkGood: 'Your connection is good.',
  checkSlow: 'Your line is slow. Calls work best with the camera off.',
  checkUdpBlocked: 'Calls work here, but by a detour: this network shuts the direct way.',
  checkRelayUnreachable:
    'Calls work here, but not with people behind strict firewalls: the relay cannot be reached.',
  checkRelayRefused:
    'Calls work here, but not with people behind strict firewalls: the relay did not let you in.',
  checkRelayFull:
    'Calls work here, but not with people behind strict firewalls: the relay takes no more connections.',
  checkNoPath: 'This network lets no calls through. Try another one.',
  checkRoomUnreachable: 'The room cannot be reached. Check your network, then try again.',
  checkFailed: 'The check did not work. Try again in a moment.',
  inputLevel: 'Microphone level',
};
