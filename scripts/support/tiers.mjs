/**
 * The tiers of `npm test`, in order, and what of each is in the short form, which is what a contributor
 * waits for: something of almost every tier, in less than ten minutes on two cores. A tier has either `groups`
 * (of web-test-runner) or a `folder` (of Node's).
 *
 * @typedef {object} Tier
 * @property {string} [groups]     Groups of `web-test-runner.config.mjs`.
 * @property {string} [folder]     Where its files are.
 * @property {number} limitMs      How long each run of a runner may take.
 * @property {number} [filesAtOnce]  Default 1: most files start servers or browsers, or time something.
 * @property {string[]} [alone]    Files that run before the others and by themselves, where others run together.
 * @property {Need[]} [needs]      What may keep it, or some of its files, from running on this machine.
 * @property {Short} [short]       What the short form has of it. Default: everything.
 *
 * @typedef {object} Need
 * @property {Program[]} programs  Installed where that is allowed.
 * @property {string[]} [files]    Those that need them. Default: all.
 * @property {() => string | null | Promise<string | null>} [findObstacle]  What else may be in the way, in one line.
 * @property {boolean} [isLong]    Whether `findObstacle` may take minutes, to make what is missing. It is begun before
 *   the first tier, which it gives way to.
 *
 * @typedef {object} Short
 * @property {string[]} [files]    Default: all. None: the tier is not in the short form.
 * @property {Record<string, string>} [env]
 *
 * @typedef {import('./programs.mjs').Program} Program
 */
import { FAULT_LAB_PROGRAMS, obstacleToFaultLab } from './fault-lab.mjs';
import { CERTIFICATE_TOOLS, COTURN, GUIDE_TOOLS, PS, PYTHON } from './known-programs.mjs';
import { obstacleToLiveKit } from './livekit.mjs';
import { obstacleToNpm } from './npm.mjs';
import { obstacleToPython } from './python.mjs';

const MINUTE_MS = 60_000;

const FAULT_LAB = { programs: FAULT_LAB_PROGRAMS, findObstacle: obstacleToFaultLab };

/** @type {Record<string, Tier>} */
export const TIERS = {
  unit: {
    groups: 'protocol,core,elements,party',
    limitMs: 18 * MINUTE_MS,
    // Every test, but in Chromium alone: Firefox takes three times as long.
    short: { env: { TEST_BROWSERS: 'chromium' } },
  },

  house: { groups: 'house', limitMs: 8 * MINUTE_MS },

  edge: {
    folder: 'tests/edge',
    limitMs: 14 * MINUTE_MS,
    // Most of the time they wait for a room to sleep or to give somebody up.
    filesAtOnce: 3,
    // These have bounds for how soon a room answers, or for its memory.
    alone: ['attacks.test.ts', 'floods.test.ts', 'room.test.ts'],
    needs: [
      { programs: [COTURN], files: ['lobby-ice.test.ts', 'turn.test.ts'] },
      { programs: GUIDE_TOOLS, files: ['dev-settings.test.ts', 'guide.test.ts'] },
    ],
    short: {
      // Everything on one host; without 50 kills of a room and the 40 s after which it misses somebody.
      env: { TEST_HOSTS: 'partyserver' },
      files: [
        'admission.test.ts',
        'attacks.test.ts',
        'children.test.ts',
        'create-token.test.ts',
        'early-hello.test.ts',
        'endurance.test.ts',
        'front-desk.test.ts',
        'growth.test.ts',
        'lobby-ice.test.ts',
        'room.test.ts',
        'scripts.test.ts',
        'sleep.test.ts',
        'tokens.test.ts',
        'turn.test.ts',
      ],
    },
  },

  browsers: {
    folder: 'tests/browsers',
    limitMs: 20 * MINUTE_MS,
    // Calls of two or three, which wait for one another more than they compute.
    filesAtOnce: 2,
    // A minute at 120 Hz, and hundreds of megabytes: these keep a machine busy, or say how much memory they take.
    alone: ['ephemeral.test.ts', 'files.test.ts', 'large-file.test.ts'],
    needs: [
      { programs: [COTURN], files: ['network-check.test.ts', 'turn.test.ts'] },
      { programs: [PS], files: ['restart.test.ts', 'signaling-down.test.ts'] },
    ],
    // A call in each pair of browsers, its chat, its hosts and its parts; a room that restarts.
    short: {
      files: [
        'access.test.ts',
        'built.test.ts',
        'hello.test.ts',
        'life.test.ts',
        'moderation.test.ts',
        'older-builds.test.ts',
        'parts.test.ts',
        'restart.test.ts',
      ],
    },
  },

  faults: {
    folder: 'tests/faults',
    limitMs: 15 * MINUTE_MS,
    // What these measure is how soon a call is back: two at once would measure each other. The others wait.
    filesAtOnce: 3,
    alone: ['firefox.test.ts', 'path.test.ts', 'relay.test.ts', 'udp.test.ts'],
    needs: [FAULT_LAB, { programs: CERTIFICATE_TOOLS, files: ['guide-turn.test.ts'] }],
    // Firewalls and relays; the others wait for paths that are gone for up to 45 s.
    short: { files: ['relay.test.ts', 'udp.test.ts'] },
  },

  endurance: {
    folder: 'tests/endurance',
    limitMs: 8 * MINUTE_MS,
    // Minutes of faults, most of them spent waiting: side by side.
    filesAtOnce: 3,
    needs: [FAULT_LAB],
    // One minute; the others take three each.
    short: { files: ['flapping.test.ts'] },
  },

  // With a LiveKit server, which is built with Go before the first run and kept.
  engine: {
    folder: 'tests/engine',
    limitMs: 10 * MINUTE_MS,
    needs: [{ programs: [], findObstacle: obstacleToLiveKit, isLong: true }],
  },

  // A client in another language, with packages that are installed before the first run and kept.
  conformance: {
    folder: 'tests/conformance',
    limitMs: 5 * MINUTE_MS,
    needs: [{ programs: [PYTHON], findObstacle: obstacleToPython, isLong: true }],
  },

  // The packed packages in pages of frameworks, which npm installs anew each time, from its cache once they are there.
  frameworks: {
    folder: 'tests/frameworks',
    limitMs: 8 * MINUTE_MS,
    needs: [{ programs: [], findObstacle: obstacleToNpm }],
    short: { files: [] },
  },
};
