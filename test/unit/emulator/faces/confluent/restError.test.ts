import assert from 'node:assert/strict';
import { type KafkaErrorName, KafkaFailure } from '../../../../../src/emulator/backend';
import {
  codeOfRecord,
  ofKafka,
  RestError,
} from '../../../../../src/emulator/faces/confluent/restError';

describe('a failure of Kafka behind Confluent’s proxy', () => {
  const codes: readonly [KafkaErrorName, status: number, code: number, ofRecord: number][] = [
    ['SASL_AUTHENTICATION_FAILED', 401, 40_101, 40_101],
    ['TOPIC_AUTHORIZATION_FAILED', 403, 40_301, 40_301],
    ['UNKNOWN_TOPIC_OR_PARTITION', 404, 40_403, 50_003],
    ['MESSAGE_TOO_LARGE', 413, 413, 50_002],
    ['UNKNOWN_SERVER_ERROR', 400, 40_002, 50_002],
    ['THROTTLING_QUOTA_EXCEEDED', 429, 42_901, 50_003],
    ['NOT_ENOUGH_REPLICAS', 500, 50_003, 50_003],
    ['BROKER_NOT_AVAILABLE', 503, 50_302, 50_002],
    ['INVALID_TIMESTAMP', 500, 50_002, 50_002],
  ];
  for (const [kind, status, code, ofRecord] of codes) {
    it(`has the codes of ${kind}`, () => {
      const error = ofKafka(new KafkaFailure(kind, 'why'));
      assert.deepEqual([error.status, error.code, codeOfRecord(error)], [status, code, ofRecord]);
    });
  }

  it('is one of a topic that is not there yet', () => {
    assert.equal(codeOfRecord(new RestError(404, 40_401, 'Topic x not present')), 50_003);
  });
});
