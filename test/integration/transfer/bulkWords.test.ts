import assert from 'node:assert/strict';
import { KafkaError } from '../../../src/core/errors';
import type { BulkProgress, BulkReport, Reason } from '../../../src/transfer/bulk/bulkReport';
import type { Imported, ImportProblem } from '../../../src/transfer/import/imported';
import * as vscode from 'vscode';
import { KeptTooMuchError } from '../../../src/transfer/bulk/copyRecords';
import { describeWritten, summarize } from '../../../src/ui/transfer/runs/bulkOutcome';
import { describeProgress, runStatus } from '../../../src/ui/transfer/runs/bulkRuns';
import { lineLink } from '../../../src/ui/transfer/runs/links';
import { type LinkedOutcome, reportText } from '../../../src/ui/transfer/runs/reportText';
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
  written: [],
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
  files: LinkedOutcome<Imported>['files'] = {},
): LinkedOutcome<Imported> {
  return {
    source: 'a.jsonl',
    cluster: 'contoso',
    topic: 'orders',
    headline: 'Produced it.',
    report: { ...report, ...facts },
    files,
    describe: describeLine,
    place: (item) => `line ${item.line}`,
    link: (item) => lineLink(vscode.Uri.file('/data/a.jsonl'), item.line),
    fileLink: (name) => vscode.Uri.file(`/data/${name}`),
  };
}

const refused: Reason = { kind: 'refused', detail: 'too old.' };

describe('What became of a bulk run', () => {
  const table: readonly (readonly [
    facts: Partial<BulkReport<Imported>>,
    files: LinkedOutcome<Imported>['files'],
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
    [
      { accepted: 3, end: { kind: 'keep' }, keepError: new KeptTooMuchError(64 * 1024 * 1024) },
      {},
      'warning',
      'Produced it. Stopped: messages that were not sent cannot be saved. Some messages that were ' +
        'not sent could not be saved (they are more than the 64 MB that fit in memory).',
    ],
    [
      {
        refused: 1,
        unsent: 2,
        end: { kind: 'item', reason: refused },
        examples: {
          ...report.examples,
          refused: [{ item: line(1), reason: { kind: 'too-large', bytes: 1024 * 1024 * 1.5 } }],
        },
      },
      {},
      'error',
      'Produced it. Stopped: line 1: it is too large for the REST proxy (1.5 MB). ' +
        '1 message refused. 2 messages not sent.',
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
      written: [{ partition: 0, first: 5n, last: 3004n }, { partition: 1 }],
      firstUnsent: line(12),
      unclearPartitions: [2],
    };
    const files = { rest: 'a.rest.csv', unclear: 'a.unclear.csv', setAside: 'a.set-aside.csv' };
    const { text, links } = reportText(outcome(facts, files));
    assert.equal(
      text,
      `# a.jsonl to orders

- Cluster: contoso
- Topic: orders
- Time: 2 s, 1,500 messages a second

- Sent: 3,000
  - partition 0, offsets 5 to 3004
  - partition 1
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
    const lines = text.split('\n');
    const linked = links.map(({ range, target }) => [
      lines[range.start.line]?.slice(range.start.character, range.end.character),
      target?.fragment === '' ? target.path : target?.fragment,
    ]);
    assert.deepEqual(linked, [
      ['partition 0, offsets 5 to 3004', 'kafkaRest.openMessages'],
      ['partition 1', 'kafkaRest.openMessages'],
      ['a.rest.csv', '/data/a.rest.csv'],
      ['line 12', 'L12'],
      ['a.unclear.csv', '/data/a.unclear.csv'],
      ['a.rest.csv', '/data/a.rest.csv'],
      ['a.set-aside.csv', '/data/a.set-aside.csv'],
      ['line 4', 'L4'],
      ['line 5', 'L5'],
      ['line 7', 'L7'],
    ]);
  });

  it('names the partition and the offsets where there is one', () => {
    assert.equal(describeWritten([]), undefined);
    assert.equal(describeWritten([{ partition: 2 }]), 'partition 2');
    assert.equal(describeWritten([{ partition: 2, first: 7n, last: 7n }]), 'partition 2, offset 7');
    const range = { partition: 2, first: 7n, last: 9n };
    assert.equal(describeWritten([range]), 'partition 2, offsets 7 to 9');
    assert.equal(describeWritten([range, { partition: 3 }]), '2 partitions');
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

  it('stands in the status bar with what a click pauses or resumes', () => {
    const name = { title: 'Producing orders.csv to orders on dev', label: 'orders.csv to orders' };
    assert.deepEqual(runStatus(name, { ...progress, rate: 0 }, 4800), {
      text: '$(sync~spin) orders.csv to orders: 25 %',
      tooltip: 'Pause: orders.csv to orders\nProducing orders.csv to orders on dev: 1,200 messages',
      label: 'Pause: orders.csv to orders, 25 %',
    });
    const long = { ...name, label: 'x'.repeat(60) };
    const { text, label } = runStatus(long, { ...progress, state: 'paused' }, undefined);
    assert.equal(text, `$(debug-pause) ${'x'.repeat(39)}…: 1,200`);
    assert.equal(label, `Resume: ${long.label}, 1,200`);
  });
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
