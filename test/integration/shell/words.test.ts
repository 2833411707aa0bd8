import assert from 'node:assert/strict';
import { KafkaError, type KafkaErrorKind } from '../../../src/core/errors';
import type { NewRecord } from '../../../src/core/kafka';
import type { ProduceOutcome } from '../../../src/core/produce/produceAll';
import { describeOutcome, explainOutcome } from '../../../src/ui/produce/produceOutcome';
import { explain } from '../../../src/ui/words/report';

const none = { count: 0, ranges: [] };

/** A group of records from `start` to `end`. */
function group(start: number, end: number): ProduceOutcome['accepted'] {
  return { count: end - start, ranges: [{ start, end }] };
}

const outcome: ProduceOutcome = {
  accepted: none,
  refused: none,
  unclear: none,
  unsent: none,
  results: [],
  aborted: false,
};

const records: readonly NewRecord[] = Array.from({ length: 10 }, () => ({ value: 'v' }));

const to = { cluster: 'contoso', topic: 'orders' };

describe('What became of produced messages', () => {
  const table: readonly (readonly [
    name: string,
    outcome: Partial<ProduceOutcome>,
    severity: string,
    text: string,
  ])[] = [
    [
      'all accepted',
      { accepted: group(0, 10) },
      'information',
      'Produced 10 messages to orders on contoso.',
    ],
    [
      'all accepted, with the partitions known',
      {
        accepted: group(0, 10),
        results: records.map((_, index) => ({ status: 'accepted', partition: index % 2 })),
      },
      'information',
      'Produced 10 messages to orders on contoso: partition 0; partition 1.',
    ],
    [
      'all accepted, with the offsets known',
      {
        accepted: group(0, 10),
        results: records.map((_, index) => ({
          status: 'accepted',
          partition: index === 9 ? 2 : 0,
          offset: BigInt(120 + index),
        })),
      },
      'information',
      'Produced 10 messages to orders on contoso: partition 0, offsets 120 to 128; partition 2, offset 129.',
    ],
    [
      'all accepted, among those of others',
      {
        accepted: group(0, 10),
        results: records.map((_, index) => ({
          status: 'accepted',
          partition: 0,
          offset: BigInt(2 * index),
        })),
      },
      'information',
      'Produced 10 messages to orders on contoso: partition 0, between offsets 0 and 18.',
    ],
    [
      'all accepted, in many partitions',
      {
        accepted: group(0, 10),
        results: records.map((_, partition) => ({ status: 'accepted', partition, offset: 1n })),
      },
      'information',
      'Produced 10 messages to orders on contoso: partitions 0, 1, 2, 3, 4, 5, 6, 7, 8, 9.',
    ],
    [
      'cut off after sending',
      { accepted: group(0, 4), unclear: group(4, 6), unsent: group(6, 10) },
      'warning',
      'Produced 4 of 10 messages to orders on contoso. 2 messages may have been written: no clear response came after sending. Look before you send again. 4 messages not sent.',
    ],
    [
      'refused',
      {
        refused: group(0, 5),
        unsent: group(5, 10),
        error: new KafkaError('forbidden', { status: 403, signIn: 'clientSecret' }),
      },
      'error',
      'Produced 0 of 10 messages to orders on contoso. 5 messages refused: the application may not use this cluster. Add the application to the security group that was named when the cluster was created. 5 messages not sent.',
    ],
    [
      'refused, with a sentence of the proxy',
      {
        accepted: group(0, 1),
        refused: group(1, 2),
        unsent: group(2, 10),
        results: [
          { status: 'accepted', partition: 3, offset: 7n },
          { status: 'refused', detail: 'It is too old.' },
        ],
      },
      'warning',
      'Produced 1 of 10 messages to orders on contoso. Written: partition 3, offset 7. 1 message refused: It is too old. 8 messages not sent.',
    ],
    [
      'too large',
      {
        refused: group(0, 1),
        unsent: group(1, 10),
        error: new KafkaError('too-large', { bytes: 1_572_864 }),
      },
      'error',
      'Produced 0 of 10 messages to orders on contoso. 1 message refused: it is too large for the REST proxy: 1.5 MB. Send less at once. 9 messages not sent.',
    ],
    [
      'cancelled',
      { accepted: group(0, 4), unsent: group(4, 10), aborted: true },
      'warning',
      'Cancelled after 4 of 10 messages to orders on contoso. 6 messages not sent.',
    ],
  ];
  for (const [name, given, severity, text] of table) {
    it(`is told: ${name}`, () => {
      const described = describeOutcome({ ...outcome, ...given }, to, records);
      assert.deepEqual(described, { severity, text });
    });
  }
});

describe('What stops a block that produces again and again', () => {
  const refused = { refused: group(0, 1), unsent: group(1, 10) };
  const table: readonly (readonly [Partial<ProduceOutcome>, reason: string, advice: string])[] = [
    [
      { unclear: group(0, 1) },
      '1 message may have been written: no clear response came after sending',
      'The block was stopped. Look before you start it again',
    ],
    [
      { ...refused, results: [{ status: 'refused', detail: 'too old' }] },
      '1 message refused: too old',
      'The block was stopped',
    ],
    [
      { ...refused, error: new KafkaError('closed') },
      'the cluster has changed meanwhile, or is gone',
      'Try again',
    ],
  ];
  for (const [given, reason, advice] of table) {
    it(`is told: ${reason}`, () => {
      const explained = explain(explainOutcome({ ...outcome, ...given }));
      assert.deepEqual([explained.reason, explained.advice], [reason, advice]);
    });
  }
});

describe('Every kind of failure', () => {
  const kinds: readonly KafkaErrorKind[] = [
    'host-not-found',
    'connection',
    'tls',
    'tls-name',
    'http-proxy-refused',
    'timeout',
    'unclear',
    'unauthorized',
    'forbidden',
    'not-found',
    'rejected',
    'too-large',
    'throttled',
    'unavailable',
    'redirect',
    'response-too-large',
    'protocol',
    'closed',
    'read-only',
    'unsupported',
    'ca-file',
    'client-certificate-unusable',
    'client-certificate-refused',
    'credential-expired',
    'credential-unusable',
    'clock-off',
    'consent-missing',
    'interaction-required',
    'signed-out',
    'program-missing',
    'identity-missing',
    'workspace-untrusted',
    'secret-missing',
    'secret-wrong',
    'secret-expired',
    'client-unknown',
    'tenant-unknown',
    'scope-unknown',
    'sign-in-failed',
  ];
  for (const kind of kinds) {
    it(`has a reason and a next step that fit a line: ${kind}`, () => {
      const error = new KafkaError(kind, { status: 500, detail: 'detail', host: 'a.example' });
      const { reason, advice } = explain(error);
      for (const sentence of [reason, advice]) {
        assert.match(sentence, /^\S.*[^.\s]$/);
        assert.doesNotMatch(sentence, /undefined|\{\d\}/);
        assert.ok(sentence.length <= 90, sentence);
      }
    });
  }
});
