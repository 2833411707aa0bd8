import type { Parsed } from '../../core/cluster/parsed';

/** Parses a password or passphrase. Blanks at its ends may be part of it. */
export function parsePassphrase(text: string): Parsed<string> {
  if (text === '') return { problem: 'empty' };
  return /\p{Cc}/u.test(text) ? { problem: 'has-control' } : { value: text };
}
