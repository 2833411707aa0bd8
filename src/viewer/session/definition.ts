import { parseFormat, type PayloadFormat, type RecordFormats } from '../../core/message/codec';
import type { ReadFrom, ReadRequest } from '../../core/read/reader';
import type { View } from '../../core/read/view';
import { type ColumnLayout, defaultColumns, type Sort, type TimeSpan } from '../protocol';
import { toColumnLayout, toFields, toSort, toSpan } from './toHost';

/** What a viewer shows, without the messages: enough to read them again. */
export interface ViewerDefinition extends View {
  readonly filter: string;
  readonly sort: Sort | null;
  readonly span: TimeSpan | null;
  readonly columns: ColumnLayout;
}

/** The definition as JSON text. */
export function writeDefinition(definition: ViewerDefinition): string {
  return JSON.stringify(definition, (_, value: unknown) => {
    if (typeof value === 'bigint') return String(value);
    return value instanceof Map ? Object.fromEntries<unknown>(value) : value;
  });
}

/** The definition that `writeDefinition` wrote; `undefined` for any other text. */
export function readDefinition(text: string): ViewerDefinition | undefined {
  const fields = toFields(parseJson(text));
  const cluster = fields?.get('cluster');
  const range = fields?.get('range');
  const request = toRequest(fields?.get('request'), fields?.get('last'));
  const formats = toFormats(fields?.get('formats'));
  const filter = fields?.get('filter');
  const columns = toColumnLayout(fields?.get('columns'));
  if (typeof cluster !== 'string' || typeof range !== 'string' || !request) return undefined;
  return {
    cluster,
    request,
    range,
    ...(formats && { formats }),
    filter: typeof filter === 'string' ? filter : '',
    sort: toSort(fields?.get('sort')) ?? null,
    span: toSpan(fields?.get('span')) ?? null,
    columns: columns ?? defaultColumns,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `last` is where definitions of version 0.1 say how many of the newest messages are wanted. */
function toRequest(value: unknown, last: unknown): ReadRequest | undefined {
  const fields = toFields(value);
  const topic = fields?.get('topic');
  const from = toFrom(fields?.get('from'));
  if (!fields || typeof topic !== 'string' || !from) return undefined;
  const partitions = fields.get('partitions');
  const until = toOffset(fields.get('until'));
  const untilTime = toNumber(fields.get('untilTime'));
  const timeMargin = toNumber(fields.get('timeMargin'));
  const maxRecords = toCount(fields.get('maxRecords'));
  const newest = toCount(fields.get('newest') ?? last);
  return {
    topic,
    from,
    ...(Array.isArray(partitions) && { partitions: partitions.filter(isWhole) }),
    ...(until !== undefined && { until }),
    ...(untilTime !== undefined && { untilTime }),
    ...(timeMargin !== undefined && { timeMargin }),
    ...(maxRecords !== undefined && { maxRecords }),
    ...(newest !== undefined && { newest }),
  };
}

function toFrom(value: unknown): ReadFrom | undefined {
  const fields = toFields(value);
  if (fields?.get('at') === 'earliest') return { at: 'earliest' };
  const latestMinus = toOffset(fields?.get('latestMinus'));
  if (latestMinus !== undefined) return { latestMinus };
  const offset = toOffset(fields?.get('offset'));
  if (offset !== undefined) return { offset };
  const time = toNumber(fields?.get('time'));
  if (time !== undefined) return { time };
  const offsets = toFields(fields?.get('offsets'));
  if (!offsets) return undefined;
  const since = toNumber(fields?.get('since'));
  return {
    ...(since !== undefined && { since }),
    offsets: new Map(
      [...offsets].flatMap(([name, text]) => {
        const [partition, next] = [Number(name), toOffset(text)];
        return isWhole(partition) && next !== undefined ? [[partition, next] as const] : [];
      }),
    ),
  };
}

function toFormats(value: unknown): RecordFormats | undefined {
  const fields = toFields(value);
  const [key, text] = [toFormat(fields?.get('key')), toFormat(fields?.get('value'))];
  return key && text && { key, value: text };
}

function toFormat(value: unknown): PayloadFormat | undefined {
  const fields = toFields(value);
  const kind = fields?.get('kind');
  const encoding = fields?.get('encoding') ?? '';
  if (typeof kind !== 'string' || typeof encoding !== 'string') return undefined;
  const format = parseFormat(`${kind}(${encoding})`);
  return typeof format === 'string' ? undefined : format;
}

function toOffset(value: unknown): bigint | undefined {
  return typeof value === 'string' && /^\d{1,19}$/.test(value) ? BigInt(value) : undefined;
}

function toCount(value: unknown): number | undefined {
  return isWhole(value) && value > 0 ? value : undefined;
}

function toNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Whether it is a whole number from 0 on. */
function isWhole(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
