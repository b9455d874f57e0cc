/**
 * `npm run schema:write`: JSON Schema of every message, made from the schemas that both ends use, into
 * `docs/protocol.schema.json`. With `--check`: whether that file is still true.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import prettier from 'prettier';

import { root } from './support/run.mjs';

const FILE = 'docs/protocol.schema.json';

/** What JSON Schema cannot say, or a reader of it need not know. */
const RULED = 'further limits: see protocol.md';

/** From source: what is checked in must not wait for a build. */
const load = (name) => import(new URL(`../packages/protocol/src/${name}.ts`, import.meta.url).href);
const { clientMessageSchemas } = await load('client-message');
const { serverMessageSchemas } = await load('server-message');
const { peerMessageSchemas } = await load('peer-message');
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
  };
  const $defs = {};
  for (const [union, schemas] of Object.entries(unions)) {
    const side = union.replace('Message', '');
    const names = Object.keys(schemas).map((type) => [type, `${side}:${type}`]);
    $defs[union] = { oneOf: names.map(([, name]) => ({ $ref: `#/$defs/${name}` })) };
    for (const [type, name] of names) $defs[name] = messageOf(type, schemas[type]);
  }
  $defs.noticeRequest = convert(noticeRequestSchema);
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
function messageOf(type, schema) {
  const { properties, required, ...rest } = convert(schema);
  return {
    ...rest,
    properties: { type: { const: type }, ...properties },
    required: ['type', ...(required ?? [])],
  };
}

function convert(schema) {
  const converted = { ...shapeOf(schema), ...(schema.rule && { description: RULED }) };
  return schema.orNull ? { anyOf: [converted, { type: 'null' }] } : converted;
}

function shapeOf(schema) {
  switch (schema.is) {
    case 'object': {
      const keys = Object.entries(schema.keys);
      const required = keys.filter(([, part]) => !part.optional).map(([key]) => key);
      return {
        type: 'object',
        properties: Object.fromEntries(keys.map(([key, part]) => [key, convert(part)])),
        ...(required.length > 0 && { required }),
        additionalProperties: false,
      };
    }
    case 'list':
      return {
        type: 'array',
        items: convert(schema.of),
        ...(schema.max !== Infinity && { maxItems: schema.max }),
      };
    case 'map':
      return {
        type: 'object',
        propertyNames: { pattern: schema.key.source },
        additionalProperties: convert(schema.of),
        ...(schema.max !== Infinity && { maxProperties: schema.max }),
      };
    case 'text':
      return {
        type: 'string',
        maxLength: schema.max,
        ...(schema.pattern && { pattern: schema.pattern.source }),
      };
    case 'integer':
      return { type: 'integer', minimum: schema.min, maximum: schema.max };
    case 'one of':
      return { enum: schema.values };
    case 'scalar':
      return { type: ['string', 'number', 'boolean'] };
    case 'json':
      return {};
    case 'nothing':
      return { not: {} };
  }
}
