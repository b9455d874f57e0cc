/**
 * `npm run schema:write`: JSON Schema of every message, made from the schemas that both ends use, into
 * `docs/protocol.schema.json`. With `--check`: whether that file is still true.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import prettier from 'prettier';

import { root } from './support/run.mjs';
import { readWords } from './support/words.mjs';

readWords('npm run schema, npm run schema:write', {
  most: 1,
  accepts: (word) => word === '--check',
});

const FILE = 'docs/protocol.schema.json';

/** What JSON Schema cannot say, or a reader of it need not know. */
const RULED = 'further limits: see protocol.md';

/** From source: what is checked in must not wait for a build. */
const load = (name) => import(new URL(`../packages/protocol/src/${name}.ts`, import.meta.url).href);
const { clientMessageSchemas } = await load('client-message');
const { serverMessageSchemas } = await load('server-message');
const { peerMessageSchemas } = await load('peer-message');
const { valueMessageSchemas } = await load('values');
const { noticeRequestSchema } = await load('notify');

const path = join(root, FILE);
const style = await prettier.resolveConfig(path);
const text = await prettier.format(JSON.stringify(document()), { ...style, filepath: path });
if (!process.argv.includes('--check')) writeFileSync(path, text);
else if (!existsSync(path) || readFileSync(path, 'utf8') !== text) {
  console.error(`${FILE} is not what the schemas say: npm run schema:write`);
  process.exitCode = 1;
}

function document() {
  const unions = {
    clientMessage: clientMessageSchemas,
    serverMessage: serverMessageSchemas,
    peerMessage: peerMessageSchemas,
    valueMessage: valueMessageSchemas,
  };
  const $defs = {};
  for (const [union, schemas] of Object.entries(unions)) {
    const side = union.replace('Message', '');
    const names = Object.keys(schemas).map((type) => [type, `${side}:${type}`]);
    $defs[union] = { oneOf: names.map(([, name]) => ({ $ref: `#/$defs/${name}` })) };
    // A newer room may say more (UN-2, UN-5); nobody else may.
    const isOpen = side === 'server';
    for (const [type, name] of names) $defs[name] = messageOf(type, convert(schemas[type], isOpen));
  }
  $defs.noticeRequest = convert(noticeRequestSchema, false);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'The session protocol of rtc-elements, version 1',
    $comment:
      'Made by scripts/schema.mjs from packages/protocol/src. The rules are in protocol.md.',
    $defs,
    anyOf: Object.keys(unions).map((union) => ({ $ref: `#/$defs/${union}` })),
  };
}

/** A message is its body and its `type`. */
function messageOf(type, { properties, required, ...rest }) {
  return {
    ...rest,
    properties: { type: { const: type }, ...properties },
    required: ['type', ...(required ?? [])],
  };
}

function convert(schema, isOpen) {
  const converted = { ...shapeOf(schema, isOpen), ...(schema.rule && { description: RULED }) };
  return schema.orNull ? { anyOf: [converted, { type: 'null' }] } : converted;
}

function shapeOf(schema, isOpen) {
  switch (schema.is) {
    case 'object': {
      const keys = Object.entries(schema.keys);
      const required = keys.filter(([, part]) => !part.optional).map(([key]) => key);
      return {
        type: 'object',
        properties: Object.fromEntries(keys.map(([key, part]) => [key, convert(part, isOpen)])),
        ...(required.length > 0 && { required }),
        ...(!isOpen && { additionalProperties: false }),
      };
    }
    case 'list':
      return {
        type: 'array',
        items: convert(schema.of, isOpen),
        ...(schema.max !== Infinity && !isOpen && { maxItems: schema.max }),
      };
    case 'map':
      return {
        type: 'object',
        propertyNames: { pattern: schema.key.source },
        additionalProperties: convert(schema.of, isOpen),
        ...(schema.max !== Infinity && { maxProperties: schema.max }),
      };
    case 'text':
      return {
        type: 'string',
        maxLength: schema.max,
        ...(schema.pattern && { pattern: schema.pattern.source }),
        ...(schema.known && { examples: schema.known }),
      };
    case 'integer':
      return { type: 'integer', minimum: schema.min, maximum: schema.max };
    case 'one of':
      return isOpen && schema.growth
        ? { type: 'string', examples: schema.values }
        : { enum: schema.values };
    case 'scalar':
      return { type: ['string', 'number', 'boolean'] };
    case 'json':
      return {};
    case 'nothing':
      return { not: {} };
  }
}
