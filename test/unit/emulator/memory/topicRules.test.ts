import assert from 'node:assert/strict';
import type { NewTopic } from '../../../../src/core/kafka';
import { topicProblem } from '../../../../src/emulator/memory/topicRules';

// The sentences are those of Kafka 4.3.1, which was asked.
const letters = "contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'";
const n250 = 'n'.repeat(250);

const refused: readonly (readonly [topic: Partial<NewTopic>, kind: string, message: string])[] = [
  [{ name: '..' }, 'INVALID_TOPIC_EXCEPTION', "Topic name is invalid: '..' is not allowed"],
  [{ name: 'a b' }, 'INVALID_TOPIC_EXCEPTION', `Topic name is invalid: 'a b' ${letters}`],
  [{ name: '東' }, 'INVALID_TOPIC_EXCEPTION', `Topic name is invalid: '東' ${letters}`],
  [
    { name: n250 },
    'INVALID_TOPIC_EXCEPTION',
    `Topic name is invalid: the length of '${n250}' is longer than the max allowed length 249`,
  ],
  [
    { name: 'old.topic', replicationFactor: 9, properties: { 'no.such': '1' } },
    'TOPIC_ALREADY_EXISTS',
    "Topic 'old.topic' already exists.",
  ],
  [
    { name: 'old_topic' },
    'INVALID_TOPIC_EXCEPTION',
    "Topic 'old_topic' collides with existing topic: old.topic",
  ],
  [
    { partitionCount: 0 },
    'INVALID_PARTITIONS',
    'Number of partitions was set to an invalid non-positive value.',
  ],
  [
    { replicationFactor: 0 },
    'INVALID_REPLICATION_FACTOR',
    'Replication factor must be larger than 0, or -1 to use the default value.',
  ],
  [
    { replicationFactor: 9 },
    'INVALID_REPLICATION_FACTOR',
    'Unable to replicate the partition 9 time(s): The target replication factor of 9 cannot be ' +
      'reached because only 3 broker(s) are registered or some brokers have all their log ' +
      'directories cordoned.',
  ],
  [
    { properties: { 'retention.ms': 'soon' } },
    'INVALID_CONFIG',
    'Invalid value soon for configuration retention.ms: Not a number of type LONG',
  ],
];

describe('the rules for new topics', () => {
  const existing = { brokerCount: 3, topics: ['old.topic'] };

  for (const [topic, kind, message] of refused) {
    it(`refuse ${JSON.stringify(topic).slice(0, 80)} in Kafka's words`, () => {
      const problem = topicProblem({ name: 'new', ...topic }, existing);
      assert.deepEqual([problem?.kind, problem?.message], [kind, message]);
    });
  }

  it('allow what Kafka allows', () => {
    const properties = { 'retention.ms': ' 5 ', 'cleanup.policy': 'compact,delete' };
    for (const name of ['new', '__new', 'old-topic', 'n'.repeat(249)]) {
      assert.equal(topicProblem({ name, replicationFactor: 3, properties }, existing), undefined);
    }
  });
});
