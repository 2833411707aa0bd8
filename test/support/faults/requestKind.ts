/** The purpose of a request; `other` is a request that neither of the two servers knows. */
export type RequestKind =
  | 'discovery'
  | 'token'
  | 'metadata'
  | 'create'
  | 'produce'
  | 'consume'
  /** Of consumer instances, besides the polls, which consume. */
  | 'open'
  | 'assign'
  | 'seek'
  | 'remove'
  | 'other';

/** The requests of all dialects; the first pattern that matches counts. */
const KINDS: readonly [RequestKind, RegExp][] = [
  ['token', /^POST \/([^/]+\/oauth2\/(v2\.0\/)?|realms\/[^/]+\/)token\b/],
  ['token', /^GET \/metadata\/identity\/oauth2\/token\b/],
  ['discovery', /^GET \/([^/]+\/(discovery|v2\.0|\.well-known)|realms\/[^/]+\/\.well-known)\//],
  ['metadata', /^GET \/v1\/metadata\//],
  ['create', /^PUT \/v1\/topics\//],
  ['produce', /^POST \/v1\/producer\//],
  ['consume', /^GET \/v1\/consumer\//],
  ['open', /^POST \/consumers\/[^/]+$/],
  ['assign', /^POST \/consumers\/.+\/assignments$/],
  ['seek', /^POST \/consumers\/.+\/positions$/],
  ['consume', /^GET \/consumers\/.+\/records\b/],
  ['remove', /^DELETE \/consumers\//],
  // Redpanda tells offsets only by such a look, which does not wait for records.
  ['metadata', /^GET \/topics\/.+\/records\?.*\btimeout=0\b/],
  ['consume', /^GET \/topics\/.+\/records\b/],
  ['create', /^POST \/(admin\/topics|v3\/clusters\/[^/]+\/topics)$/],
  ['produce', /^POST \/(topics\/[^/]+|v3\/clusters\/[^/]+\/topics\/[^/]+\/records)$/],
  ['metadata', /^GET \/(topics|brokers|v3\/clusters)\b/],
];

export function kindOf(method: string, path: string): RequestKind {
  return KINDS.find(([, pattern]) => pattern.test(`${method} ${path}`))?.[0] ?? 'other';
}
