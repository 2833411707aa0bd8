import type { CallOptions, KafkaRecord, Payload } from '../../core/kafka';
import { bytesOfBase64 } from '../../core/message/bytes';
import { type Decode, intactBytes } from '../../core/message/decoders/decoder';
import { exchangeId, type Framing, readFraming } from '../../core/message/decoders/framing';
import { payloadText } from '../../core/message/parse';
import type { IdExchange } from './idExchange';
import type { IdProblem } from './problem';

type Part = 'key' | 'value';

/** A record with the ids of the other registry, or why it has none. */
export type ExchangedRecord =
  | { readonly record: KafkaRecord; readonly problem?: never }
  | { readonly record?: never; readonly problem: IdProblem };

/** Registries count up from 1, so a larger number only looks like an id. */
const MAX_ID = 2 ** 24;

/** Something that names a schema, or looks as if it did. */
export interface Named {
  readonly bytes: Buffer;
  readonly framing: Framing;
  readonly isBase64: boolean;
  /**
   * Whether it may be something else: a number of 8 bytes, which also begins with a 0, or a text
   * that only looks like Base64.
   */
  readonly isDoubtful: boolean;
}

/** Returns what a key or value names as its schema, also within Base64; `undefined` for nothing. */
export function namedSchema(
  payload: Payload | null,
  part: Part,
  headers: KafkaRecord['headers'],
): Named | undefined {
  if (payload === null) return undefined;
  const first = typeof payload === 'string' ? payload.charCodeAt(0) : payload[0];
  // Most payloads are text, and need not be looked at as bytes.
  const isFramed = first === 0 || first === 1 || first === 3;
  if (!isFramed && first !== 0x41 && !headers) return undefined;
  const bytes = intactBytes(payload);
  if (!bytes) return undefined;
  const framing = readFraming(bytes, part, headers);
  if (framing && isLikely(framing)) {
    return { bytes, framing, isBase64: false, isDoubtful: !isCertain(framing, bytes) };
  }
  if (first !== 0x41) return undefined;
  const inside = base64Bytes(payload);
  const within = inside && readFraming(inside, part, undefined);
  return inside && within?.address && isLikely(within)
    ? { bytes: inside, framing: within, isBase64: true, isDoubtful: true }
    : undefined;
}

function isLikely({ address, start }: Framing): boolean {
  return start === 0 || address?.by !== 'id' || (address.id > 0 && address.id < MAX_ID);
}

function isCertain({ kind, start, address }: Framing, bytes: Buffer): boolean {
  if (start === 0 || address?.by === 'guid') return true;
  if (kind === 'glue') return (bytes[8] ?? 0) >> 4 === 4 && (bytes[10] ?? 0) >> 6 === 0b10;
  return address !== undefined && ![5, 8, 16].includes(bytes.length);
}

/** Returns the bytes of a text if they give exactly that text again. */
function base64Bytes(payload: Payload): Buffer | undefined {
  const text = payloadText(payload);
  const bytes = text === undefined ? undefined : bytesOfBase64(text);
  return bytes?.toString('base64') === text ? bytes : undefined;
}

/** Puts the ids of another registry into records, batch by batch. */
export class RecordIds {
  /** What was named without doubt so far. */
  readonly #met = { key: new Set<string>(), value: new Set<string>() };
  #changed = 0;
  #unchanged = 0;

  /** `decode` shows whether something doubtful has a schema, by decoding it. */
  constructor(
    private readonly ids: IdExchange,
    private readonly decode: Readonly<Record<Part, Decode>>,
  ) {}

  /** How many records got other ids, and how many name no schema. */
  get counts(): { readonly changed: number; readonly unchanged: number } {
    return { changed: this.#changed, unchanged: this.#unchanged };
  }

  /** Exchanges the ids of records, in the same order. Rejects as `IdExchange`. */
  async exchange(
    records: readonly KafkaRecord[],
    options: CallOptions,
  ): Promise<readonly ExchangedRecord[]> {
    const [keys, values] = [
      await this.#named(records, 'key', options),
      await this.#named(records, 'value', options),
    ];
    const exchanged: ExchangedRecord[] = [];
    for (const [index, record] of records.entries()) {
      options.signal?.throwIfAborted();
      const [key, value] = [keys[index], values[index]];
      if (!key && !value) this.#unchanged += 1;
      let result: ExchangedRecord = { record };
      if (key) result = await this.#exchangePart(result.record, key, 'key', options);
      if (value && result.record) {
        result = await this.#exchangePart(result.record, value, 'value', options);
      }
      if (result.record && (key ?? value)) this.#changed += 1;
      exchanged.push(result);
    }
    return exchanged;
  }

  /** Returns what each key or value names, without those that turn out to be something else. */
  async #named(
    records: readonly KafkaRecord[],
    part: Part,
    options: CallOptions,
  ): Promise<readonly (Named | undefined)[]> {
    const named = records.map((record) => namedSchema(record[part], part, record.headers));
    for (const each of named) if (each && !each.isDoubtful) this.#met[part].add(each.framing.names);
    const doubtful: number[] = [];
    const others: number[] = [];
    for (const [at, each] of named.entries()) {
      if (!each?.isDoubtful) continue;
      const { address } = each.framing;
      // Nothing can be decoded while a registry does not respond; this rejects then.
      const isKnown = address === undefined || (await this.ids.isKnown(address, part, options));
      (isKnown ? doubtful : others).push(at);
    }
    if (doubtful.length > 0) {
      const payloads = doubtful.map((at) => records[at]?.[part] ?? '');
      const shown = await this.decode[part](payloads, options);
      others.push(
        ...doubtful.filter((at, index) => {
          const schema = shown[index]?.facts?.schema;
          return !schema || !this.#isLikely(named[at], part, schema.subject);
        }),
      );
    }
    for (const at of others) named[at] = undefined;
    return named;
  }

  /**
   * Whether something doubtful has the schema that can read it. A customer number may happen to begin
   * with any id, and its bytes may happen to fit the schema.
   */
  #isLikely(named: Named | undefined, part: Part, subject: string | undefined): boolean {
    if (!named || named.isBase64) return named !== undefined;
    return this.#met[part].has(named.framing.names) || this.ids.fitsTopic(subject, part);
  }

  async #exchangePart(
    record: KafkaRecord,
    { bytes, framing, isBase64 }: Named,
    part: Part,
    options: CallOptions,
  ): Promise<ExchangedRecord> {
    const { address, names } = framing;
    if (!address) return { problem: { kind: 'foreign', names } };
    const schema = await this.ids.of(address, part, names, options);
    if (schema.problem) return { problem: schema.problem };
    const { subject } = schema.to;
    const headers = isBase64 ? undefined : record.headers;
    const changed = exchangeId(bytes, part, headers, framing, schema.to);
    if (!changed) return { problem: { kind: 'no-id', subject } };
    const payload = isBase64
      ? Buffer.from(changed.bytes).toString('base64')
      : asBefore(record[part], changed.bytes);
    return {
      record: {
        ...record,
        [part]: payload,
        ...(changed.headers && { headers: changed.headers }),
      },
    };
  }
}

/** Text stays text where it still is. */
function asBefore(before: Payload | null, bytes: Uint8Array): Payload {
  return typeof before === 'string' ? (payloadText(bytes) ?? bytes) : bytes;
}
