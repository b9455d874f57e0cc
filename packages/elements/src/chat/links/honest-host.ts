// Whether a host leads where a person reads that it leads. Pure.
import { lookOf } from '../../names/looks.js';

/** Letters, marks and digits, as names of domains have them. */
const NAME = /^[\p{L}\p{M}\p{Nd}-]+$/u;
const ASCII = /^[\0-\x7f]*$/;

/** Scripts that are written together; none of their letters looks like one of Latin. */
const EAST_ASIAN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/gu;

/**
 * Whether `read`, the host in a text, is the one that a browser goes to, `goesTo`, and does not look like another
 * one. Names in other scripts are fine; letters of several scripts in one name, or a name that looks like ASCII
 * and is not, are not.
 */
export function isHonestHost(read: string, goesTo: string): boolean {
  const host = read.toLowerCase();
  if (ASCII.test(host)) return host === goesTo || host.startsWith('[');
  const names = host.split('.');
  const real = goesTo.split('.');
  const isOwnScript = !ASCII.test(names.at(-1) ?? '');
  return (
    host.normalize('NFKC') === host.normalize('NFC') &&
    names.length === real.length &&
    names.every((name, index) =>
      ASCII.test(name)
        ? name === real[index]
        : NAME.test(name) && isOneScript(name) && (isOwnScript || !looksLikeAscii(name)),
    )
  );
}

/** Whether all letters are of one script, or of those that are written together. */
function isOneScript(name: string): boolean {
  const letters = name.replace(EAST_ASIAN, '').replace(/[^\p{L}]/gu, '');
  return letters === '' || SCRIPTS.some((script) => script.test(letters));
}

/** Of scripts that are not here, a name may not have ASCII letters beside them. */
const SCRIPTS = [
  /^\p{Script_Extensions=Latin}*$/u,
  /^\p{Script_Extensions=Greek}*$/u,
  /^\p{Script_Extensions=Cyrillic}*$/u,
  /^[^a-z\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]*$/u,
];

/** Letters such as `æ`, which look like two, are known to those who write them. */
function looksLikeAscii(name: string): boolean {
  const looks = [...name].map((one) => (ASCII.test(one) ? one : lookOf(one)));
  return looks.every((look) => look.length === 1 && ASCII.test(look));
}
