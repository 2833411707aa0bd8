import assert from 'node:assert/strict';
import { KafkaError } from '../../../../src/core/errors';
import { httpResponse } from '../../../../src/core/http/exchange';
import type { HttpClient } from '../../../../src/core/http/client';
import { here } from '../../../../src/core/message/decoders/here';
import { ConfluentRegistry } from '../../../../src/core/schemaRegistry/client';
import { SchemaError } from '../../../../src/core/schemaRegistry/lookup';
import { RegistryLookup } from '../../../../src/core/schemaRegistry/registryLookup';
import type { Target } from '../target';

const ORDER = JSON.stringify({ type: 'record', name: 'O', fields: [{ name: 'id', type: 'long' }] });
const answer = (members: object): string => JSON.stringify({ schema: ORDER, ...members });
/** Says of each version that it refers to itself, so that every look-up would go on for ever. */
const CIRCLE = answer({
  ...{ subject: 's', version: 1, id: 1 },
  references: [{ name: 'a', subject: 's', version: 1 }],
});
const MESSAGE = Buffer.from('000000000102', 'hex');
const formats = ['auto', 'avro', 'protobuf', 'json-schema', 'avro(s)', 'protobuf(s@1)'];

/**
 * Whatever a registry responds to all that it is asked, with the same text each time: every call
 * gives what the domain promises or rejects as it says, and a message is decoded or has a reason.
 */
export const target: Target = {
  seeds: [
    '["orders-value","orders-key"]',
    '[1,2,3]',
    answer({ subject: 's', version: 3, id: 7 }),
    answer({ schemaType: 'JSON', schema: '{"$ref":"#"}', subject: 's', version: 1, id: 1 }),
    answer({ schemaType: 'PROTOBUF', schema: 'message M { M m = 1; }', subject: 's' }),
    CIRCLE,
    answer({ references: [{ name: '__proto__', subject: 's', version: 1 }], version: 1, id: 1 }),
    '{"compatibilityLevel":"BACKWARD","is_compatible":false,"messages":["{errorType:\\"X\\"}"]}',
    '[{"subject":"s","version":1}]',
    '{"id":1}',
    `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
    `{"schema":${JSON.stringify(`${'['.repeat(5_000)}${']'.repeat(5_000)}`)},"id":1,"version":1}`,
    '{"__proto__":{"schema":"\\"int\\""},"constructor":1,"schema":"\\"int\\"","id":1e400}',
  ],
  words: [
    'schemaType',
    'PROTOBUF',
    'AVRO',
    'JSON',
    'references',
    '__proto__',
    'subject',
    'version',
  ],
  run: async (input) => {
    const http = answering(input.toString());
    const registry = new ConfluentRegistry({ endpoint: 'https://registry', http });
    const schema = { type: 'AVRO', text: ORDER, references: [] } as const;
    for (const name of (await promised(registry.subjects())) ?? []) {
      assert.equal(typeof name, 'string');
    }
    const versions = (await promised(registry.versions('s'))) ?? [];
    assert.deepEqual(
      versions,
      [...new Set(versions)].sort((a, b) => a - b),
    );
    await promised(registry.compatibility('s'));
    const check = await promised(registry.check('s', schema));
    assert.ok(check === undefined || typeof check.isCompatible === 'boolean');
    await promised(registry.register('s', schema));
    const schemas = new RegistryLookup(registry);
    for (const format of formats) {
      const [, kind = '', argument = ''] = /^([^(]+)(?:\((.*)\))?$/.exec(format) ?? [];
      const context = { topic: 's', part: 'value', schemas } as const;
      const [shown] = await here.openDecode({ kind, argument }, context)([MESSAGE]);
      assert.notEqual(shown?.problem?.kind, 'failed', format);
      await promised(here.describe({ kind, argument }, context));
    }
  },
};

/** Runs something, which may fail only as it says. */
async function promised<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof KafkaError || error instanceof SchemaError) return undefined;
    throw error;
  }
}

function answering(text: string): HttpClient {
  return {
    request: () => Promise.resolve(httpResponse(200, { get: () => null }, Buffer.from(text))),
    dispose: () => undefined,
  };
}
