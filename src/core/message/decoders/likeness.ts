import { isUtf8 } from 'node:buffer';

/** What serialized or compressed data begin with. The first byte tells most of them from text. */
const MARKS: ReadonlyMap<Mark, Buffer> = new Map([
  ['gzip', Buffer.from('1f8b08', 'hex')],
  ['zstd', Buffer.from('28b52ffd', 'hex')],
  ['snappy', Buffer.from('82534e4150505900', 'hex')],
  ['lz4', Buffer.from('04224d18', 'hex')],
  ['avro', Buffer.from('4f626a01', 'hex')],
]);

/** The formats that a mark at the beginning tells: compressions, and Avro's object containers. */
export type Mark = 'gzip' | 'zstd' | 'snappy' | 'lz4' | 'avro';

/** The first bytes of the framings of Confluent, Apicurio and AWS Glue. */
const FRAMED: readonly (number | undefined)[] = [0, 1, 3];
/** As many bytes of text are no accident. */
const LONG = 16;
const CONTROL = /[^\P{Cc}\t\n\r]/u;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const BASE64_URL = /^(?:[\w-]{4})*(?:[\w-]{2,3})?$/;
const HEX = /^(?:[0-9a-f]{2})+$/i;
/** What stands in no text that stands for bytes. */
const OTHER = /[^\w+/=-]/;
/** Texts below this length are left alone. */
const MIN_TEXT = 8;
/** Texts below this length stand for less than `LONG` bytes. */
const MIN_LONG = 22;

const firstBytes: ReadonlySet<number | undefined> = new Set([
  ...FRAMED,
  ...[...MARKS.values()].map(([first]) => first),
]);

/** How texts begin that stand for bytes which begin so, or for JSON. */
const starts: ReadonlySet<string> = new Set(
  [...firstBytes, 0x5b, 0x7b].flatMap((first = 0) => {
    const hex = first.toString(16).padStart(2, '0');
    const base64 = (['base64', 'base64url'] as const).flatMap((alphabet) =>
      Array.from({ length: 16 }, (_, next) =>
        Buffer.of(first, next << 4)
          .toString(alphabet)
          .slice(0, 2),
      ),
    );
    return [hex, hex.toUpperCase(), ...base64];
  }),
);

/** Whether data that begin so may be framed, or have one of the marks. */
export function mayBeMarked(head: Buffer): boolean {
  return firstBytes.has(head[0]) && (mayBeFramed(head) || markOf(head) !== undefined);
}

/** Returns the format that a mark at the beginning tells. */
export function markOf(bytes: Buffer): Mark | undefined {
  for (const [mark, start] of MARKS) {
    if (bytes[0] === start[0] && bytes.subarray(0, start.length).equals(start)) return mark;
  }
  return undefined;
}

/** Whether data may begin with the framing of a serializer. */
function mayBeFramed(bytes: Buffer): boolean {
  return bytes.length >= 5 && FRAMED.includes(bytes[0]);
}

/** Whether bytes are UTF-8 without control characters. */
export function isText(bytes: Buffer): boolean {
  return isUtf8(bytes) && !CONTROL.test(bytes.toString());
}

/**
 * Returns what a text, or its beginning, stands for if it is Base64 or hexadecimal digits, and if
 * that begins like data with a schema, like compressed data, like JSON, or is a text of some length.
 */
export function bytesOfText(
  text: string,
): { readonly name: 'base64' | 'hex'; readonly bytes: Buffer } | undefined {
  if (text.length < MIN_TEXT || OTHER.test(text)) return undefined;
  if (text.length < MIN_LONG && !starts.has(text.slice(0, 2))) return undefined;
  if (HEX.test(text)) {
    const bytes = Buffer.from(text, 'hex');
    // Among digits alone, texts are no rarity.
    if (isEvidence(bytes, /[a-f]/i.test(text))) return { name: 'hex', bytes };
  }
  if (!BASE64.test(text) && !BASE64_URL.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  return isEvidence(bytes, true) ? { name: 'base64', bytes } : undefined;
}

function isEvidence(bytes: Buffer, isTextLikely: boolean): boolean {
  if (mayBeMarked(bytes)) return true;
  if (!isTextSoFar(bytes)) return false;
  return /^\s*[[{]/.test(bytes.toString('latin1', 0, 8)) || (isTextLikely && bytes.length >= LONG);
}

/** As `isText`, also if the last character is cut off. */
function isTextSoFar(bytes: Buffer): boolean {
  return [0, 1, 2, 3].some((cut) => isText(bytes.subarray(0, Math.max(0, bytes.length - cut))));
}
