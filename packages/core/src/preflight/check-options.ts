// The options of what asks before a room is created.
import { checkTexts, readOptions, sortOptions } from '../api/option-rules.js';
import { RtcError } from '../state/errors.js';

/**
 * The options that were given to `method`, which asks before a room is created. Nothing would hear of a warning, so it
 * rejects. Throws `bad-argument`, `bad-host`, `bad-room-name`.
 */
export function checkOptions<Options extends object>(method: string, given: Options): Options {
  const read = readOptions(method, given);
  checkTexts({ name: '', ...read });
  const { valid, refused } = sortOptions(read);
  const { iceServers } = read;
  // What is wrong with one of several servers is in the report.
  const isReported = Array.isArray(iceServers) && refused.has('iceServers');
  for (const [option, why] of refused) {
    if (isReported && option === 'iceServers') continue;
    throw new RtcError('bad-argument', `${method}(): the option "${option}" was refused. ${why}`);
  }
  return { ...valid, ...(isReported && { iceServers }) } as Options;
}
