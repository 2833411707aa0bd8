import type { Parsed } from '../../core/cluster/parsed';

/**
 * Parses a private key in PEM. A line of text may have lost its line breaks, so they are put where
 * they belong.
 */
export function parsePrivateKey(text: string): Parsed<string> {
  if (text.trim() === '') return { problem: 'empty' };
  const pattern = /-----BEGIN ([A-Z ]*PRIVATE KEY)-----([^]+?)-----END \1-----/;
  const [, label, content] = pattern.exec(text) ?? [];
  if (label === undefined || content === undefined) return { problem: 'not-a-key' };
  const [, cipher, encrypted] = ENCRYPTION.exec(content) ?? [];
  const headers = cipher === undefined ? '' : `Proc-Type: 4,ENCRYPTED\nDEK-Info: ${cipher}\n\n`;
  const base64 = (encrypted ?? content).replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return { problem: 'not-a-key' };
  const lines = base64.replace(/.{64}(?=.)/g, '$&\n');
  return { value: `-----BEGIN ${label}-----\n${headers}${lines}\n-----END ${label}-----\n` };
}

/**
 * Matches how a key of the older form is encrypted (RFC 1421, 4.6.1): the cipher with its initial
 * value, which has 8 bytes for DES and 16 for the others, and the content.
 */
const ENCRYPTION =
  /^\s*Proc-Type: ?4,ENCRYPTED\s*DEK-Info: ?(DES[\w-]*,[\dA-F]{16}|[\w-]+,[\dA-F]{32})([^]*)$/i;
