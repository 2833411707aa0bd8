import type { Parsed } from '../../core/cluster/parsed';

/** A name of a header: a token of RFC 9110, section 5.6.2. */
const token = /^[!#$%&'*+.^_`|~0-9a-z-]+$/i;

/**
 * Headers that the sign-in, this client or HTTP itself sets. As an extra header, they could bring
 * other credentials than those of the sign-in, or make servers read the request in another way.
 */
const reserved =
  /^(authorization|connection|cookie2?|date|expect|forwarded|from|host|keep-alive|origin|pragma|range|referer|set-cookie2?|te|trailer|transfer-encoding|upgrade|user-agent|via|warning|www-authenticate|x-ms-client-request-id|(accept|access-control|cache|content|if|proxy|sec)-.*|accept)$/i;

/**
 * Parses names of headers that are separated by commas; there may be none. Returns them in the same
 * order, with a blank after each comma.
 */
export function parseHeaderNames(text: string): Parsed<string> {
  const names = text
    .split(/[,\r\n]/)
    .map((name) => name.trim().replace(/:$/, ''))
    .filter((name) => name !== '');
  if (!names.every((name) => token.test(name))) return { problem: 'not-a-header' };
  if (names.some((name) => reserved.test(name))) return { problem: 'header-reserved' };
  const different = new Set(names.map((name) => name.toLowerCase()));
  return different.size < names.length ? { problem: 'header-twice' } : { value: names.join(', ') };
}

/** Returns the names in a text that `parseHeaderNames` returned. */
export function headerNamesIn(text: string): readonly string[] {
  return text === '' ? [] : text.split(', ');
}

/**
 * Parses the value of a header, without the blanks at its ends, which HTTP drops. HTTP has no
 * encoding for other characters than these.
 */
export function parseHeaderValue(text: string): Parsed<string> {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: 'empty' };
  return /^[\t\x20-\x7e\xa0-\xff]+$/.test(trimmed)
    ? { value: trimmed }
    : { problem: 'not-a-header-value' };
}
