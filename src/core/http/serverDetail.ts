/** How many characters of a response are examined. The rest does not help to find the message. */
const MAX_INPUT = 16_384;
const MAX_DETAIL = 500;

/**
 * Returns the server's description of a failure as at most 500 characters of plain text on one
 * line: the message in a JSON response, the text of an HTML page, or the text itself. `secrets`,
 * pieces of them and anything that looks like a token are replaced by `***`, in case the server
 * echoed them.
 */
export function serverDetail(text: string, secrets: readonly string[] = []): string {
  const input = redact(text, secrets).slice(0, MAX_INPUT).trim();
  const plain = fromJson(input) ?? (input.startsWith('<') ? fromHtml(input) : input);
  const line = plain
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return shorten(redact(line, secrets).toWellFormed());
}

function shorten(line: string): string {
  if (line.length <= MAX_DETAIL) return line;
  const cut = line.slice(0, MAX_DETAIL - 1).replace(/[\uD800-\uDBFF]$/, '');
  return `${cut}…`;
}

/** How many consecutive characters of a secret count as a piece of it. */
const PIECE = 8;

/** Replaces secrets, pieces of them and anything that looks like a token. */
function redact(text: string, secrets: readonly string[]): string {
  let result = text;
  for (const form of secrets.flatMap(escaped)) {
    if (form !== '') result = result.replaceAll(form, '***');
  }
  return withoutPieces(result, [...secrets.flatMap(escaped), ...secrets.flatMap(base64)])
    .replace(/\beyJ[\w-]+(?:\.[\w-]*)*/g, '***')
    .replace(/(?<=\bBearer\s)[\w.~+/=-]+/gi, '***');
}

function escaped(secret: string): string[] {
  const inForm = new URLSearchParams({ _: secret }).toString().slice('_='.length);
  return [secret, encodeURIComponent(secret), inForm, JSON.stringify(secret).slice(1, -1)];
}

/** Returns a secret in Base64 without the ends, which depend on the text before and after. */
function base64(secret: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    const text = bytes.toString('base64');
    const sure = text.slice(before && before + 1, Math.floor((bytes.length * 8) / 6));
    return [sure, sure.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/** Replaces the remains of a form that was cut off or escaped in a way that is not known here. */
function withoutPieces(text: string, forms: readonly string[]): string {
  const pieces = new Set<string>();
  for (const form of forms) {
    for (let at = 0; at + PIECE <= form.length; at++) pieces.add(form.slice(at, at + PIECE));
  }
  if (pieces.size === 0) return text;
  let result = '';
  let kept = 0;
  for (let at = 0; at + PIECE <= text.length; at++) {
    if (!pieces.has(text.slice(at, at + PIECE))) continue;
    let end = at + PIECE;
    while (end < text.length && pieces.has(text.slice(end + 1 - PIECE, end + 1))) end++;
    result += `${text.slice(kept, at)}***`;
    kept = end;
    at = end - 1;
  }
  return result + text.slice(kept);
}

function fromJson(text: string): string | undefined {
  if (!/^[{["]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return messageOf(value) ?? JSON.stringify(value);
  } catch {
    // Not JSON, or nested so deeply that `JSON.stringify` overflows the stack.
    return undefined;
  }
}

/** Returns the message in a response of a proxy, a gateway or Entra ID. */
function messageOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const members = new Map<string, unknown>(Object.entries(value));
  for (const name of ['message', 'error_description', 'detail', 'error', 'Message', 'title']) {
    const message = messageOf(members.get(name));
    if (message) return message;
  }
  return undefined;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

function fromHtml(html: string): string {
  return html
    .replace(/<(script|style)\b.*?(?:<\/\1\s*>|$)|<!--.*?(?:-->|$)/gis, ' ')
    .replace(/<[^<>]*>?/g, ' ')
    .replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,5}));/gi, (entity, decimal, hex, name) => {
      if (typeof name === 'string') return ENTITIES[name.toLowerCase()] ?? entity;
      const code = typeof decimal === 'string' ? Number(decimal) : Number(`0x${String(hex)}`);
      return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
    });
}
