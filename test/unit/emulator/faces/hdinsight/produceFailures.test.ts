import assert from 'node:assert/strict';
import {
  type Appended,
  type KafkaErrorName,
  KafkaFailure,
} from '../../../../../src/emulator/backend';
import { handlerOf } from '../../../../../src/emulator/faces/face';
import { RestProxy } from '../../../../../src/emulator/faces/hdinsight/restProxy';
import type { Handler } from '../../../../../src/emulator/http';
import { Cluster } from '../../../../../src/emulator/memory/cluster';
import { MemoryBackend } from '../../../../../src/emulator/memory/memoryBackend';

type Outcome = 'written' | KafkaErrorName;

/** A cluster that treats each record of a request as it is told. */
class Treating extends MemoryBackend {
  constructor(private readonly outcomes: readonly Outcome[]) {
    const cluster = new Cluster({});
    cluster.create({ name: 'orders' });
    super(cluster);
  }

  override async produce(): Promise<readonly Appended[]> {
    return Promise.resolve(
      this.outcomes.map((outcome) =>
        outcome === 'written'
          ? { partition: 0, offset: 0n, timestamp: 0 }
          : { failure: new KafkaFailure(outcome, `Kafka says ${outcome}`) },
      ),
    );
  }
}

async function statusOf(outcomes: readonly Outcome[]): Promise<[number, string]> {
  const face = new RestProxy(new Treating(outcomes), { answer: 'object' });
  const handle: Handler = handlerOf(face);
  const { status, body } = await handle({
    method: 'POST',
    path: '/v1/producer/topics/orders',
    query: new URLSearchParams(),
    headers: {},
    authorization: undefined,
    isSecure: false,
    peer: undefined,
    gone: new AbortController().signal,
    text: () => Promise.resolve('{"records":[{"value":1}]}'),
  });
  const { message } = JSON.parse(String(body)) as { message: string };
  return [status, message];
}

describe('records that Kafka does not take', () => {
  it('are the mistake of the client if Kafka refuses them', async () => {
    assert.deepEqual(await statusOf(['MESSAGE_TOO_LARGE', 'MESSAGE_TOO_LARGE']), [
      400,
      'Kafka says MESSAGE_TOO_LARGE',
    ]);
  });

  it('may have been written if a broker has gone', async () => {
    assert.deepEqual(await statusOf(['REQUEST_TIMED_OUT']), [503, 'Kafka says REQUEST_TIMED_OUT']);
    assert.deepEqual(await statusOf(['INVALID_RECORD', 'NOT_LEADER_OR_FOLLOWER']), [
      503,
      'Kafka says NOT_LEADER_OR_FOLLOWER',
    ]);
  });

  it('are no reason to say that nothing was written if others were', async () => {
    assert.deepEqual(await statusOf(['written', 'MESSAGE_TOO_LARGE', 'written']), [
      500,
      '1 of 3 records were not written: Kafka says MESSAGE_TOO_LARGE',
    ]);
  });
});
