import { FakeNetwork } from '../../../../tests/support/fake-call.js';
import { makeAudioTrack, makeVideoTrack } from '../../../../tests/support/link-pair.js';
import { createMeshCall } from './mesh/mesh-call.js';
import { callConformance, type ConformanceSubject } from './testing.js';

/** An engine, with tracks that are stopped after the case. */
function subject(createCall: ConformanceSubject['createCall']): ConformanceSubject {
  const context = new AudioContext();
  const tracks: MediaStreamTrack[] = [];
  return {
    createCall,
    makeTrack: (kind) => {
      const track = kind === 'video' ? makeVideoTrack() : makeAudioTrack(context);
      tracks.push(track);
      return track;
    },
    close: () => {
      for (const track of tracks) track.stop();
      void context.close();
    },
  };
}

describe('the mesh, as a call', () => {
  for (const { name, run } of callConformance(() => subject(createMeshCall))) it(name, run);
});

describe('the fake of the tests, as a call', () => {
  const cases = callConformance(() => subject(new FakeNetwork().createCall));
  for (const { name, run } of cases) it(name, run);
});
