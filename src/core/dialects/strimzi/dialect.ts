import type { Parsed } from '../../cluster/parsed';
import { type Dialect, PLAIN_SIGN_INS } from '../dialect';
import { CAPABILITIES } from './capabilities';

/** Whether records of transactions that were aborted, or are under way, are read too. */
export const isolations = ['read_uncommitted', 'read_committed'] as const;
export type Isolation = (typeof isolations)[number];

/** Strimzi's HTTP bridge. */
export const strimzi = {
  kind: 'strimzi',
  fields: {
    isolation: { options: isolations, parse: parseIsolation, fallback: 'read_uncommitted' },
  },
  endpoint: { apiPath: /(?<!\/)\/+(?:topics|consumers|admin\/topics|openapi)(?:\/.*)?$/i },
  signIn: 'none',
  signIns: PLAIN_SIGN_INS,
  capabilities: CAPABILITIES,
} as const satisfies Dialect<'isolation'>;

function parseIsolation(text: string): Parsed<Isolation> {
  const found = isolations.find((each) => each === text.trim().toLowerCase());
  return found === undefined ? { problem: 'not-an-isolation' } : { value: found };
}
