// Every problem that the snapshot shows. `error` events are derived from this list and from nothing else, so what is
// shown is told, once.
import type { Problem, RoomState } from './room-state.js';

/**
 * Where the snapshot has a problem: `RoomState.problem`, `callProblem`, `relayProblem`, `soundProblem`, or that of one of
 * our sources.
 */
export type ProblemPlace =
  'connection' | 'call' | 'relay' | 'sound' | 'microphone' | 'camera' | 'screen';

/** What is wrong now, by place. */
export const problemsOf = ({
  problem,
  callProblem,
  relayProblem,
  soundProblem,
  media: { microphone, camera, screen },
}: RoomState): Readonly<Record<ProblemPlace, Problem | null>> => ({
  connection: problem,
  call: callProblem,
  relay: relayProblem,
  sound: soundProblem,
  microphone: microphone.problem,
  camera: camera.problem,
  screen: screen.problem,
});

/** The problems of `after` that are new: of a place that had none, or one with another code, or that now ends the stay. */
export function newProblems(before: RoomState, after: RoomState): readonly Problem[] {
  const old = problemsOf(before);
  const isEnd = after.connection === 'closed' && before.connection !== 'closed';
  return Object.entries(problemsOf(after)).flatMap(([place, problem]) => {
    if (!problem) return [];
    const isOver = isEnd && place === 'connection';
    const isKnown = old[place as ProblemPlace]?.code === problem.code;
    return isOver || !isKnown ? [problem] : [];
  });
}
