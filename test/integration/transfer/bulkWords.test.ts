import assert from 'node:assert/strict';
import { KafkaError } from '../../../src/core/errors';
import type { BulkProgress, BulkReport, Reason } from '../../../src/transfer/bulk/bulkReport';
import type { Imported, ImportProblem } from '../../../src/transfer/import/imported';
import { type BulkOutcome, reportText, summarize } from '../../../src/ui/transfer/bulkOutcome';
import { describeProgress } from '../../../src/ui/transfer/bulkRuns';
import { describeLine } from '../../../src/ui/transfer/layout/importProblem';

const report: BulkReport<Imported> = {
  accepted: 0,
  refused: 0,
  unclear: 0,
  setAside: 0,
  unsent: 0,
  bytes: 0,
  ms: 2000,
  end: { kind: 'done' },
  examples: { refused: [], unclear: [], setAside: [] },
  firstUnsent: undefined,
  unclearPartitions: [],
  unread: false,
  keepError: undefined,
};

function line(number: number): Imported {
  return { kind: 'record', line: number, record: { value: 'v' }, source: 'v' };
}

function bad(problem: ImportProblem): Imported {
  return { kind: 'bad', line: 7, source: '', problem };
}

function outcome(
  facts: Partial<BulkReport<Imported>>,
  files: BulkOutcome<Imported>['files'] = {},
): BulkOutcome<Imported> {
  return {
    source: 'a.jsonl',
    cluster: 'contoso',
    topic: 'orders',
    headline: 'Produced it.',
    report: { ...report, ...facts },
    files,
    describe: describeLine,
    place: (item) => `line ${item.line}`,
  };
}

const refused: Reason = { kind: 'refused', detail: 'too old' };

describe('What became of a bulk run', () => {
  const table: readonly (readonly [
    facts: Partial<BulkReport<Imported>>,
    files: BulkOutcome<Imported>['files'],
    severity: string,
    text: string,
  ])[] = [
    [{ accepted: 3 }, {}, 'information', 'Produced it.'],
    [
      { accepted: 3, setAside: 1 },
      { setAside: 'a.set-aside.jsonl' },
      'warning',
      'Produced it. 1 message set aside in a.set-aside.jsonl.',
    ],
    [
      { accepted: 3, unsent: 2, end: { kind: 'cancelled' } },
      { rest: 'a.rest.jsonl' },
      'warning',
      'Produced it. Cancelled. 2 messages not sent. a.rest.jsonl holds what can be sent again.',
    ],
    [
      {
        accepted: 3,
        refused: 1,
        unsent: 2,
        end: { kind: 'item', reason: refused },
        examples: { ...report.examples, refused: [{ item: line(4), reason: refused }] },
      },
      { rest: 'a.rest.jsonl' },
      'warning',
      'Produced it. Stopped: line 4: the REST proxy refused it: too old. 1 message refused. ' +
        '2 messages not sent. a.rest.jsonl holds what can be sent again.',
    ],
    [
      {
        end: { kind: 'proxy', error: new KafkaError('forbidden', { signIn: 'clientSecret' }) },
        unread: true,
      },
      {},
      'error',
      'Produced it. Stopped: the application may not use this cluster. Add the application to ' +
        'the security group that was named when the cluster was created. a.jsonl can be sent again ' +
        'as it is.',
    ],
    [
      { accepted: 3, end: { kind: 'source', error: new Error('gone') } },
      {},
      'warning',
      'Produced it. Stopped: the rest cannot be read (gone).',
    ],
    [
      { accepted: 3, end: { kind: 'keep' }, keepError: new Error('disk full') },
      {},
      'warning',
      'Produced it. Stopped: messages that were not sent cannot be saved. Some messages that were ' +
        'not sent could not be saved (disk full).',
    ],
  ];
  for (const [facts, files, severity, text] of table) {
    it(text, () => {
      assert.deepEqual(summarize(outcome(facts, files)), { severity, text });
    });
  }

  it('is reported with all counts, the next steps in order, and the first few reasons', () => {
    const unclear: Reason = { kind: 'unclear', detail: 'reset' };
    const facts: Partial<BulkReport<Imported>> = {
      accepted: 3000,
      refused: 1,
      unclear: 2,
      setAside: 25,
      unsent: 9,
      end: { kind: 'unclear', detail: 'reset' },
      examples: {
        refused: [{ item: line(4), reason: refused }],
        unclear: [{ item: line(5), reason: unclear }],
        setAside: [{ item: bad({ kind: 'quote-open' }), reason: { kind: 'bad' } }],
      },
      firstUnsent: line(12),
      unclearPartitions: [2],
    };
    const files = { rest: 'a.rest.csv', unclear: 'a.unclear.csv', setAside: 'a.set-aside.csv' };
    assert.equal(
      reportText(outcome(facts, files)),
      `# a.jsonl to orders

- Cluster: contoso
- Topic: orders
- Time: 2 s, 1,500 messages a second

- Sent: 3,000
- Refused (certainly not written): 1
- Unclear (perhaps written): 2
- Set aside (not sent, as chosen): 25
- Not sent (certainly not written): 9

Stopped: no clear response came after sending.
a.rest.csv holds what can be sent again.
The first message that was not sent: line 12.

## What to do

1. Check whether the unclear messages (a.unclear.csv) are in partition 2. “View Messages” shows the messages since the run began. For messages with a key, the partition is that of Kafka’s default partitioner. Send those that are missing.
2. Correct the refused messages in a.rest.csv, and produce that file.
3. Correct a.set-aside.csv, and produce that file.

## Refused

- line 4: the REST proxy refused it: too old

## Unclear

- line 5: no clear response came after sending (reset)
- and 1 more

## Set aside

- line 7: a quote is opened and never closed
- and 24 more
`,
    );
  });
});

describe('The progress of a bulk run', () => {
  const progress: BulkProgress = {
    accepted: 1200,
    refused: 0,
    unclear: 0,
    setAside: 0,
    unsent: 0,
    state: 'sending',
    waiting: undefined,
    read: 2000,
    bytes: 0,
    rate: 400,
    secondsLeft: undefined,
  };
  const waiting = { attempt: 3, error: new KafkaError('throttled', { host: 'proxy' }) };
  const table: readonly (readonly [facts: Partial<BulkProgress>, text: string])[] = [
    [{}, '1,200 messages, 400 a second'],
    [{ secondsLeft: 59.2 }, '1,200 messages, 400 a second, 60 s left'],
    [{ secondsLeft: 61 }, '1,200 messages, 400 a second, 2 min left'],
    [{ secondsLeft: 3601 }, '1,200 messages, 400 a second, 1 h 1 min left'],
    [{ rate: 0, refused: 2, setAside: 1 }, '1,200 messages, 2 refused, 1 set aside'],
    [{ state: 'paused' }, '1,200 messages, paused'],
    [{ state: 'stopping' }, '1,200 messages, stopping'],
    [
      { state: 'waiting', waiting },
      '1,200 messages, waiting for the proxy, attempt 3 (too many requests for proxy)',
    ],
  ];
  for (const [facts, text] of table) {
    it(text, () => {
      assert.equal(describeProgress({ ...progress, ...facts }), text);
    });
  }
});

describe('What is wrong with a line', () => {
  const table: readonly (readonly [problem: ImportProblem, text: string])[] = [
    [{ kind: 'not-json', line: 7, column: 3 }, 'line 7, column 3 is not valid JSON'],
    [{ kind: 'not-utf8' }, 'line 7: it is not UTF-8'],
    [{ kind: 'too-long', limit: 64 * 1024 * 1024 }, 'line 7: it is longer than 64 MB'],
    [{ kind: 'text-after-quote' }, 'line 7: there is text after a closing quote'],
    [
      { kind: 'field-count', expected: 3, actual: 2 },
      'line 7: it has 2 fields, and the header has 3',
    ],
    [{ kind: 'field-wrong', field: 'partition' }, 'line 7: the partition is not a whole number'],
    [
      { kind: 'brackets' },
      'line 7: the brackets do not match, so the rest of the file cannot be read',
    ],
    [{ kind: 'unfinished' }, 'line 7: the file ends within its JSON'],
  ];
  for (const [problem, text] of table) {
    it(text, () => {
      assert.equal(describeLine({ item: bad(problem), reason: { kind: 'bad' } }), text);
    });
  }
});
