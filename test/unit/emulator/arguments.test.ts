import assert from 'node:assert/strict';
import { readArguments, UsageError } from '../../../src/emulator/arguments.js';
import type { EmulatorOptions } from '../../../src/emulator/server.js';

describe('arguments of the emulator', () => {
  const understood: [args: string, expected: EmulatorOptions][] = [
    ['', { samples: true, tls: true, topics: [] }],
    ['--samples --tls', { samples: true, tls: true }],
    ['--empty --no-tls', { samples: false, tls: false }],
    ['--port 8443', { port: 8443 }],
    ['--port=0', { port: 0 }],
    ['--auth none', { auth: 'none' }],
    ['--auth entra', { auth: 'entra' }],
    ['--auth oauth', { auth: 'oauth' }],
    ['--auth bearer', { auth: 'bearer' }],
    ['--auth certificate', { auth: 'certificate' }],
    ['--auth assertion', { auth: 'assertion' }],
    ['--auth identity', { auth: 'identity' }],
    ['--auth basic', { auth: 'basic' }],
    ['--auth mutualTls', { auth: 'mutualTls' }],
    ['--auth basic --client-certificates', { auth: 'basic', clientCertificates: true }],
    ['--ca-file ca.pem', { caFile: 'ca.pem' }],
    ['--token-lifetime 5', { tokenLifetime: 5 }],
    ['--metadata-delay 30000 --latency 20', { metadataDelay: 30_000, latency: 20 }],
    ['--registry-auth basic', { registry: { auth: 'basic' } }],
    ['--answer array', { answer: 'array' }],
    ['--answer object', { answer: 'object' }],
    ['--retention 10', { retention: 10 }],
    [
      '--topic a:1:2:3 --topic b.c_d-e:4:0:1',
      {
        topics: [
          { name: 'a', partitions: 1, records: 2, bytes: 3 },
          { name: 'b.c_d-e', partitions: 4, records: 0, bytes: 1 },
        ],
      },
    ],
  ];
  for (const [args, expected] of understood) {
    it(`understand '${args}'`, () => {
      const { options, log } = readArguments(args.split(' ').filter(Boolean));
      assert.deepEqual({ ...options, ...expected }, options);
      assert.equal(log, false);
    });
  }

  it('name headers to ask for, which get values', () => {
    const { headers = {} } = readArguments(['--header', 'X-Key', '--header', 'X-Tenant']).options;
    assert.deepEqual(Object.keys(headers), ['X-Key', 'X-Tenant']);
    assert.equal(new Set(Object.values(headers)).size, 2);
    assert.throws(() => readArguments(['--header', 'X-Key: 1']), UsageError);
  });

  it('ask for a log', () => {
    assert.equal(readArguments(['--log']).log, true);
  });

  for (const args of [
    '--nonsense',
    'word',
    '--port',
    '--port x',
    '--port=-1',
    '--port 65536',
    '--auth digest',
    '--answer text',
    '--samples --empty',
    '--tls --no-tls',
    '--token-lifetime 0',
    '--latency 1.5',
    '--retention 0',
    '--topic a:1:1',
    '--topic a:0:1:1',
    '--topic a:1:1:0',
    '--topic a:10001:1:1',
    '--topic a:1:1:1:1',
    '--topic a/b:1:1:1',
  ]) {
    it(`refuse '${args}'`, () => {
      assert.throws(() => readArguments(args.split(' ')), UsageError);
    });
  }
});
