import type { NewRecord } from '../../../core/kafka';
import { type Appended, type Backend, KafkaFailure } from '../../backend';
import { ifKnown, ofKafka, RestError } from './restError';

/** Where a record was written. */
export type Written = Exclude<Appended, { readonly failure: unknown }>;

/**
 * Writes the records that could be read from a request, and returns what became of each entry. An
 * unknown topic or partition fails with what Kafka's producer says after it has waited for it.
 */
export async function produceEach(
  backend: Backend,
  topic: string,
  entries: readonly (NewRecord | RestError)[],
): Promise<readonly (Written | RestError)[]> {
  const partitions = (await ifKnown(backend.topic(topic)))?.partitions;
  const results = entries.map((entry): NewRecord | RestError => {
    if (entry instanceof RestError) return entry;
    if (!partitions) return absent(`Topic ${topic}`);
    const { partition } = entry;
    if (partition === undefined || partitions.some(({ id }) => id === partition)) return entry;
    const count = `with partition count ${partitions.length}`;
    return absent(`Partition ${partition} of topic ${topic} ${count} is`);
  });
  const records = results.filter((each): each is NewRecord => !(each instanceof RestError));
  const appended = [...(records.length === 0 ? [] : await append(backend, topic, records))];
  return results.map((each) => {
    if (each instanceof RestError) return each;
    const result = appended.shift();
    if (!result) return new RestError(500, 50_002, 'Nothing was written.');
    return 'failure' in result ? ofKafka(result.failure) : result;
  });
}

async function append(
  backend: Backend,
  topic: string,
  records: readonly NewRecord[],
): Promise<readonly Appended[]> {
  try {
    return await backend.produce(topic, records);
  } catch (error) {
    if (!(error instanceof KafkaFailure)) throw error;
    return records.map(() => ({ failure: error }));
  }
}

function absent(what: string): RestError {
  return new RestError(404, 40_401, `${what} not present in metadata after 60000 ms.`);
}

/** Returns the bytes of standard Base64, or throws a `RestError` as the proxy refuses others. */
export function bytesOf(data: unknown): Buffer {
  if (typeof data !== 'string') {
    throw new RestError(
      400,
      400,
      `Bad Request: data=${JSON.stringify(data)} is not a base64 string.`,
    );
  }
  if (data.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(data)) {
    throw new RestError(400, 400, `Bad Request: data="${data}" is not a valid base64 string.`);
  }
  return Buffer.from(data, 'base64');
}
