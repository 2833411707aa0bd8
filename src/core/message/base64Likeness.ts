import { isUtf8 } from 'node:buffer';
import { RawJson } from '../json/rawJson';
import { JsonSyntaxError } from '../json/scanner';
import { bytesOfBase64 } from './bytes';

/** The members of records in responses of REST proxies, in the order in which they write them. */
const RESPONSES = [
  // Confluent's API v2, Redpanda and Strimzi.
  /^topic,key,value,partition,offset(?:,timestamp)?(?:,headers)?$/,
  // Karapace.
  /^key,offset,partition,timestamp,topic,value$/,
];

/**
 * Whether the keys and values of these records, each the text of a JSON object, seem to be Base64.
 * A REST proxy says in its response to a binary consumer nowhere that they are. So they must all
 * be Base64, and at least one must be padded, or begin like data with a schema, or stand for a
 * text. Records from elsewhere, such as exports of topics that hold Base64, are never taken so.
 */
export function looksLikeBase64(records: readonly string[]): boolean {
  try {
    const payloads = records.flatMap(payloadsOfResponse);
    return payloads.every(bytesOfBase64) && payloads.some(isEvidence);
  } catch (error) {
    if (error instanceof NotBase64 || error instanceof JsonSyntaxError) return false;
    throw error;
  }
}

/** Says that a key or value cannot be Base64, or that the record is not of a response. */
class NotBase64 extends Error {}

/** Returns the key and value of a record without those that are null. */
function payloadsOfResponse(record: string): readonly string[] {
  const members = new RawJson(record.trim()).members;
  const names = [...(members?.keys() ?? [])].join();
  if (!RESPONSES.some((order) => order.test(names))) throw new NotBase64();
  return [members?.get('key'), members?.get('value')].flatMap((payload) => {
    if (payload === null) return [];
    if (typeof payload !== 'string') throw new NotBase64();
    return [payload];
  });
}

/** Whether Base64 is padded, or stands for data with a schema, or for a text. */
function isEvidence(payload: string): boolean {
  return payload.endsWith('=') || /^AAAA.{4}/.test(payload) || isLongText(payload);
}

/** Whether Base64 stands for a text that is too long to be one by chance. */
function isLongText(payload: string): boolean {
  const bytes = Buffer.from(payload, 'base64');
  return bytes.length >= 6 && isUtf8(bytes) && !/\p{Cc}/u.test(bytes.toString().replace(/\s/g, ''));
}
