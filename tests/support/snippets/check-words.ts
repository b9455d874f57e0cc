/** Checks blocks of JSON, which must be read, and of shell, whose commands there must be. */
import { readFileSync } from 'node:fs';

import ts from 'typescript';

import type { Block } from './blocks.js';

const root = new URL('../../../', import.meta.url);
const readJson = (path: string) => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
const { scripts, devDependencies } = readJson('package.json') as Record<
  'scripts' | 'devDependencies',
  Readonly<Record<string, string>>
>;
const OURS = ['packages/protocol', 'packages/core', 'packages/elements', 'party'].map(
  (path) => (readJson(`${path}/package.json`) as { name: string }).name,
);

/** Of the system. */
const PROGRAMS = ['cat', 'cp', 'curl', 'echo', 'mkdir', 'npm', 'npx', 'openssl', 'printf'];
/** Of npm, beside `run`. */
const NPM = ['install', 'start', 'test'];

export function checkJson({ name, text, language }: Block): readonly string[] {
  if (language === 'json') {
    try {
      JSON.parse(text);
      return [];
    } catch (error) {
      return [`${name}: ${String(error)}`];
    }
  }
  const { error } = ts.parseConfigFileTextToJson(name, text);
  return error ? [`${name}: ${ts.flattenDiagnosticMessageText(error.messageText, ' ')}`] : [];
}

export function checkShell({ name, text }: Block): readonly string[] {
  return commandsOf(text).flatMap((command) => {
    const problem = checkCommand(command);
    return problem === null ? [] : [`${name}: ${problem}`];
  });
}

/** What is run, without what it reads, assignments, comments and strings. */
function commandsOf(text: string): readonly string[] {
  const lines = text
    // A placeholder, as `<room>`.
    .replace(/<[a-z ]+>/g, 'x')
    .replace(/<<'(\w+)'\n[\s\S]*?^\1$/gm, '')
    .replace(/'[^']*'|"(?:[^"$]|\$(?!\())*"/g, 'x')
    .replace(/(^|\s)#.*$/gm, '')
    .replace(/\\\n/g, ' ');
  const inner = [...lines.matchAll(/\$\(([^)]*)\)/g)].map(([, command = '']) => command);
  const outer = lines.replace(/\$\([^)]*\)/g, 'x').split(/\n|\||&&|;/);
  return [...outer, ...inner]
    .map((command) => command.trim().replace(/^(\w+=\S*\s*)+/, ''))
    .filter((command) => command !== '');
}

function checkCommand(command: string): string | null {
  const [program = '', ...words] = command.split(/\s+/);
  if (!PROGRAMS.includes(program)) return `there is no ${program}: "${command}"`;
  const [verb = '', ...rest] = words;
  if (program === 'npx' && !devDependencies[verb]) return `npx knows no ${verb}`;
  if (program !== 'npm') return null;
  if (verb === 'run') return scripts[rest[0] ?? ''] ? null : `there is no script ${rest[0]}`;
  if (!NPM.includes(verb)) return `npm ${verb} is not for this`;
  const packages = rest.filter((word) => /^(@rtc-elements|rtc-)/.test(word));
  const unknown = packages.find((word) => !OURS.includes(word));
  return unknown === undefined ? null : `there is no package ${unknown}`;
}
