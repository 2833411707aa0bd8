/** More of an answer than this does not help to tell what is wrong. */
const MAX_INPUT = 16_384;
const MAX_DETAIL = 500;

/**
 * What a server said about a failure, as at most 500 characters of plain text on one line: the message
 * of a JSON answer, the text of an HTML page, or the text itself. `secrets` and everything that looks
 * like a token are blacked out, should the server have echoed them.
 */
export function serverDetail(text: string, secrets: readonly string[] = []): string {
  const input = redact(text, secrets).slice(0, MAX_INPUT).trim();
  const plain = fromJson(input) ?? (input.startsWith('<') ? fromHtml(input) : input);
  const line = plain
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return shorten(redact(line, secrets));
}

function shorten(line: string): string {
  if (line.length <= MAX_DETAIL) return line;
  const cut = line.slice(0, MAX_DETAIL - 1).replace(/[\uD800-\uDBFF]$/, '');
  return `${cut}…`;
}

function redact(text: string, secrets: readonly string[]): string {
  let result = text;
  for (const secret of secrets) {
    for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) {
      if (form !== '') result = result.replaceAll(form, '***');
    }
  }
  return result
    .replace(/(?<![\w.-])[\w-]*(?:\.[\w-]*){2,}/g, (dotted) => dotted.replace(/\beyJ[^]*/i, '***'))
    .replace(/(?<=\bBearer\s)[\w.~+/=-]+/gi, '***');
}

function fromJson(text: string): string | undefined {
  if (!/^[{["]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return messageOf(value) ?? JSON.stringify(value);
  } catch {
    // Not JSON, or nested so deep that writing it takes more stack than there is.
    return undefined;
  }
}

/** The member that says it, in the dialects of proxies, gateways and Entra ID. */
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
