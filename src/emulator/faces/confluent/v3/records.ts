import type { NewRecord } from '../../../../core/kafka';
import type { Call, CallResponse } from '../../../http';
import { json, type Route, toJson } from '../../../routes';
import { produceEach, type Written } from '../producing';
import { notFound, partitionNotFound, RestError, unprocessable } from '../restError';
import { type ProduceData, recordOf } from './recordRequest';
import { bodyOf, isObject, type Resources, wrongType } from './resources';

/** The default of `api.v3.produce.batch.maximum.entries`. */
const MAX_ENTRIES = 10;

/** The routes that produce: a stream of requests, and a batch of at most ten. */
export function recordRoutes(resources: Resources): readonly Route[] {
  return [
    {
      method: 'POST',
      path: resources.path('/topics/*/records'),
      handle: async ([cluster = '', topic = ''], call) => {
        if (cluster !== resources.clusterId) throw notFound();
        return stream(resources, topic, call);
      },
    },
    {
      method: 'POST',
      path: resources.path('/topics/*/records:batch'),
      handle: async ([cluster = '', topic = ''], call) => {
        if (cluster !== resources.clusterId) throw notFound();
        return batch(resources, topic, call);
      },
    },
  ];
}

/**
 * Responds with 200 and one JSON object for each of the concatenated requests, also for those that
 * failed. What is not JSON ends the stream.
 */
async function stream(resources: Resources, topic: string, call: Call): Promise<CallResponse> {
  const text = await call.text();
  if (text.trim() === '') {
    throw unprocessable(42_206, 'Payload error. Request body is empty. Data is required.');
  }
  const requests: ProduceData[] = [];
  for (const part of concatenated(text)) requests.push(read(() => recordOf(part)));
  const results = await produceEach(resources.backend, topic, requests.map(recordIn));
  const lines = results.map((result, index) => {
    const line =
      result instanceof RestError
        ? { error_code: result.code, message: result.message }
        : { error_code: 200, ...written(resources, topic, result, requests[index]) };
    return `${toJson(line)}\r\n`;
  });
  return { status: 200, body: lines };
}

async function batch(resources: Resources, topic: string, call: Call): Promise<CallResponse> {
  const { entries } = await bodyOf(call);
  if (!Array.isArray(entries)) throw wrongType('entries');
  const ids = entries.map((entry: unknown) => {
    const id = isObject(entry) ? entry['id'] : undefined;
    if (typeof id === 'string' && /^[0-9a-zA-Z_-]{1,80}$/.test(id)) return id;
    throw unprocessable(42_208, 'Batch entry identifier is not a valid string.');
  });
  if (ids.length === 0) throw unprocessable(42_208, 'Empty batch.');
  if (new Set(ids).size < ids.length) {
    throw unprocessable(42_208, 'Batch entry IDs are not distinct.');
  }
  if (ids.length > MAX_ENTRIES) throw unprocessable(42_208, 'Too many entries in batch.');
  const requests = entries.map((entry: unknown) => read(() => recordOf(JSON.stringify(entry))));
  const results = await produceEach(resources.backend, topic, requests.map(recordIn));
  const successes: unknown[] = [];
  const failures: unknown[] = [];
  for (const [index, result] of results.entries()) {
    const id = ids[index];
    if (result instanceof RestError) {
      failures.push({ id, error_code: result.code, message: result.message });
    } else {
      successes.push({ id, ...written(resources, topic, result, requests[index]) });
    }
  }
  return json({ successes, failures }, 207);
}

function read(request: () => ProduceData): ProduceData {
  try {
    return request();
  } catch (error) {
    if (error instanceof RestError) return error;
    throw error;
  }
}

function recordIn(request: ProduceData): NewRecord | RestError {
  if (request instanceof RestError) return request;
  return (request.record.partition ?? 0) < 0 ? partitionNotFound() : request.record;
}

function written(
  resources: Resources,
  topic: string,
  { partition, offset, timestamp }: Written,
  request: ProduceData | undefined,
) {
  const { keyType, valueType, record } =
    request === undefined || request instanceof RestError ? { record: undefined } : request;
  return {
    cluster_id: resources.clusterId,
    topic_name: topic,
    partition_id: partition,
    offset,
    timestamp: new Date(timestamp).toISOString(),
    ...(keyType && { key: { type: keyType, size: record?.key?.length ?? 0 } }),
    ...(valueType && { value: { type: valueType, size: record?.value?.length ?? 0 } }),
  };
}

/**
 * Yields the JSON objects that follow one another in a text; at the end, or at what is no object,
 * what is left.
 */
function* concatenated(text: string): Generator<string> {
  const mark = /["{}]/g;
  let start = 0;
  let depth = 0;
  for (let found = mark.exec(text); found; found = mark.exec(text)) {
    if (found[0] === '"') mark.lastIndex = afterString(text, found.index);
    else depth += found[0] === '{' ? 1 : -1;
    if (depth > 0) continue;
    yield text.slice(start, mark.lastIndex);
    start = mark.lastIndex;
    if (depth < 0) return;
  }
  if (text.slice(start).trim() !== '') yield text.slice(start);
}

function afterString(text: string, start: number): number {
  const rest = /"(?:[^"\\]|\\.)*"/sy;
  rest.lastIndex = start;
  return rest.test(text) ? rest.lastIndex : text.length;
}
