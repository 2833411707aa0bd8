import type { Payload, RecordHeader } from '../../kafka';
import type { WorkerDecoder } from './decoder';
import { bytesOfText, mayBeMarked } from './likeness';

/** Guesses the format of each message. */
export const auto = {
  name: 'auto',
  runsIn: 'worker',
  writes: false,
  passes,
} as const satisfies WorkerDecoder;

/** As many bytes tell whether a text may stand for others. Divisible by all that encodings group. */
const HEAD = 48;
const SCHEMA_HEADER = /^(?:__(?:key|value)_schema_id$|apicurio\.)/;
const [QUOTE, BRACKET, BRACE] = [0x22, 0x5b, 0x7b];

/** Passes what is JSON or plain text by its beginning, at the cost of a look at some bytes. */
function passes(payload: Payload, headers: readonly RecordHeader[] | undefined): boolean {
  if (headers?.some(({ name }) => SCHEMA_HEADER.test(name))) return false;
  const first = typeof payload === 'string' ? payload.charCodeAt(0) : payload[0];
  if (first === undefined || first === BRACE || first === BRACKET) return true;
  if (first === QUOTE) return false;
  const head = headOf(payload);
  return !mayBeMarked(head) && bytesOfText(head.toString('latin1').trim()) === undefined;
}

function headOf(payload: Payload): Buffer {
  if (typeof payload === 'string') return Buffer.from(payload.slice(0, HEAD), 'latin1');
  return Buffer.from(payload.buffer, payload.byteOffset, Math.min(payload.length, HEAD));
}
