import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findsTimes } from '../../../../src/core/read/timeBounds';
import type { Capabilities } from '../../../../src/core/kafka';
import { capabilitiesOf } from '../../../../src/core/dialects/confluent/capabilities';
import { type DialectKind, dialects } from '../../../../src/core/dialects/registry';
import { root } from '../../../support/host/processes';

const of = (kind: DialectKind): Capabilities => {
  const dialect = dialects.find((each) => each.kind === kind);
  assert.ok(dialect);
  return dialect.capabilities;
};

const columns: Readonly<Record<string, Capabilities>> = {
  HDInsight: of('hdinsight-v1'),
  Strimzi: of('strimzi'),
  Karapace: of('karapace'),
  'Confluent REST Proxy': of('confluent'),
  'Confluent Server and Cloud': capabilitiesOf({ v3: true }),
  Redpanda: of('redpanda'),
};

const rows: Readonly<Record<string, (capabilities: Capabilities) => boolean>> = {
  'Read messages': ({ read }) => read !== false,
  'Find messages by time': findsTimes,
  'Read timestamps': ({ read }) => read && read.timestamp,
  'Read headers': ({ read }) => read && read.headers,
  'Produce messages': ({ produce }) => produce !== false,
  'Write headers and timestamps': ({ produce }) => produce && produce.headers && produce.timestamp,
  'Write tombstones': ({ produce }) => produce && produce.tombstone,
  'Write bytes that are not UTF-8': ({ produce }) => produce && produce.binary,
  'Create topics': ({ createTopic }) => createTopic !== false,
  'Show the configuration of a topic': ({ topicProperties }) => topicProperties,
  'Change it, add partitions, delete': ({ alterTopic, addPartitions, deleteTopic }) =>
    alterTopic && addPartitions && deleteTopic,
  'Show consumer groups and their lag': ({ groups }) => groups,
};

describe('what each REST proxy can do', () => {
  it('stands in the documentation', () => {
    const page = readFileSync(path.join(root, 'docs/proxies.md'), 'utf8');
    const [, section = ''] = page.split('## What each of them can do\n');
    const table = (section.split('\n## ')[0] ?? '')
      .split('\n')
      .filter((line) => line.startsWith('|') && !line.startsWith('| --'))
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
    assert.deepEqual(table, [
      ['', ...Object.keys(columns)],
      ...Object.entries(rows).map(([row, can]) => [
        row,
        ...Object.values(columns).map((capabilities) => (can(capabilities) ? 'yes' : 'no')),
      ]),
    ]);
  });
});
