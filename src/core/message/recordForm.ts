import { unquote } from '../json/scanner';
import type { Payload } from '../kafka';
import { bytesOfBase64, bytesOfBase64Json, bytesOfJson } from './bytes';
import { consoleHeaders, isConsolePayload, readConsolePayload } from './consoleForm';
import { type HeaderReading, headersOfJson } from './headers';
import type { JsonMembers, Member } from './jsonMembers';
import type { TakeOptions } from './members';
import { ProblemAt } from './payloadProblem';
import { isTyped, readTyped } from './typedForm';

type ReadPayload = (member: Member) => Payload | null;

/** How the key, the value and the headers of a record are to be read. */
export interface RecordForm {
  readonly key: ReadPayload;
  readonly value: ReadPayload;
  readonly headers?: HeaderReading | undefined;
}

/**
 * Returns the form of a record with this value. Where nothing tells the form for certain, keys,
 * values and headers are taken as they are written.
 */
export function formOf(members: JsonMembers, value: Member, { base64 }: TakeOptions): RecordForm {
  const { found, isExported } = members;
  const { partition, headers } = found;
  if (base64) return base64Form;
  if (!isExported && isTypedBody(members, value)) return typedForm;
  if (isExported && partition?.name === 'partitionID' && isConsolePayload(value.json)) {
    return consoleForm;
  }
  const form = isExported && isOfTool(members, value) ? toolForm : plainForm;
  const keyEncoding = found.keyEncoding ?? found.encoding;
  const valueEncoding = found.valueEncoding ?? found.encoding;
  const reading = headers && isExported ? headerReading(members, value, headers) : undefined;
  if (!keyEncoding && !valueEncoding && !reading) return form;
  return {
    key: keyEncoding ? encoded(keyEncoding, form.key) : form.key,
    value: valueEncoding ? encoded(valueEncoding, form.value) : form.value,
    headers: reading,
  };
}

const plainForm: RecordForm = { key: readPlain, value: readPlain };

function readPlain({ json }: Member): Payload | null {
  if (json === 'null') return null;
  return json.startsWith('"') ? unquote(json) : (bytesOfJson(json) ?? json);
}

/** Whether an exported message comes from another tool than this one. */
function isOfTool({ found, others }: JsonMembers, value: Member): boolean {
  return (
    found.partition?.name !== 'partition' ||
    found.topic !== undefined ||
    found.timestampType !== undefined ||
    others.length > 0 ||
    value.name !== 'value'
  );
}

const toolForm: RecordForm = { key: readWhole, value: readWhole };

/**
 * Reads a key or value of another tool. Such tools write U+FFFD in place of bytes that are not
 * UTF-8. Confluent's tools write bytes as `{"__raw__": "AAE="}`.
 */
function readWhole(member: Member): Payload | null {
  const raw = RAW.exec(member.json)?.[1];
  const payload = (raw === undefined ? undefined : bytesOfBase64(raw)) ?? readPlain(member);
  if (typeof payload === 'string' && payload.includes('\ufffd')) {
    throw new ProblemAt({ kind: 'incomplete', member: member.name }, member.at);
  }
  return payload;
}

const RAW = /^\{\s*"__raw__"\s*:\s*"([^"]*)"\s*\}$/;

/** Reads what a member beside the key or value says how it is encoded. */
function encoded(encoding: Member, plain: ReadPayload): ReadPayload {
  const name = encoding.json.toLowerCase().replace(/[-_]/g, '');
  if (/^(?:null|"(?:none|utf8|text|string|plain|json)?")$/.test(name)) return plain;
  return (member) => {
    if (member.json === 'null') return null;
    const text = member.json.startsWith('"') ? unquote(member.json) : undefined;
    let bytes: Buffer | undefined;
    if (text !== undefined && name === '"base64"') bytes = bytesOfBase64(text);
    else if (text !== undefined && name === '"hex"' && /^(?:[0-9a-f]{2})*$/i.test(text)) {
      bytes = Buffer.from(text, 'hex');
    }
    if (bytes) return bytes;
    throw new ProblemAt({ kind: 'encoding-wrong', member: member.name }, member.at);
  };
}

const base64Headers: HeaderReading = {
  value: (json) => (json === 'null' ? null : bytesOfBase64Json(json)),
};

const readBase64 = encoded({ name: '', json: '"base64"', at: 0 }, readPlain);
const base64Form: RecordForm = { key: readBase64, value: readBase64, headers: base64Headers };

const consoleForm: RecordForm = {
  key: readConsolePayload,
  value: readConsolePayload,
  headers: consoleHeaders,
};

const readTypedOrNull: ReadPayload = (member) =>
  member.json === 'null' ? null : readTyped(member);
const typedForm: RecordForm = { key: readTypedOrNull, value: readTyped, headers: base64Headers };

/** Whether a record is a body for Confluent's API v3, in which keys and values have a type. */
function isTypedBody({ found }: JsonMembers, value: Member): boolean {
  const { key, partition, offset, topic } = found;
  if (offset || topic || (partition && partition.name !== 'partition_id')) return false;
  return isTyped(value.json) && (!key || key.json === 'null' || isTyped(key.json));
}

/** Returns how to read the headers of an exported message, `undefined` for texts. */
function headerReading(
  { found, others }: JsonMembers,
  value: Member,
  { json }: Member,
): HeaderReading | undefined {
  // With `-o json`, kaf writes the names and values of headers as bytes of Go.
  if (value.name === 'payload' && /^\[\s*\{\s*"Key"\s*:/.test(json)) return kafHeaders;
  // The values of headers are Base64 in all responses of Strimzi, which has this order.
  const { topic, key, partition, offset, timestamp = offset, headers } = found;
  const order = [topic, key, value, partition, offset, timestamp, headers];
  const isOrdered = order.every((member, at) => {
    const next = order[at + 1];
    return member !== undefined && (next === undefined || member.at <= next.at);
  });
  const isOfStrimzi = isOrdered && others.length === 0 && headersOfJson(json, base64Headers);
  return isOfStrimzi ? base64Headers : undefined;
}

const kafHeaders: HeaderReading = {
  name: (text) => bytesOfBase64(text)?.toString(),
  value: base64Headers.value,
};
