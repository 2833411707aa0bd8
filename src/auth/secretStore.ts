import { createHash } from 'node:crypto';
import { type ClusterDefinition, withoutEndSlashes } from '../core/cluster/definition';
import { methodOf } from './methods/registry';

/** What this needs of VS Code's `SecretStorage`. */
export interface Storage {
  keys(): PromiseLike<readonly string[]>;
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

/** What a secret is given for. */
export type SecretOwner = Pick<ClusterDefinition, 'name' | 'endpoint' | 'signIn' | 'caFile'>;

/**
 * Returns what a secret is bound to: where it is sent, and what it is valid for there. `undefined`
 * if the cluster signs in without a secret. The spelling of addresses and ids does not matter.
 */
function ownerOf({
  endpoint,
  signIn,
}: Pick<SecretOwner, 'endpoint' | 'signIn'>): readonly string[] | undefined {
  const { secret } = methodOf(signIn);
  return secret && [withoutEndSlashes(new URL(endpoint).href), ...secret.boundTo(signIn)];
}

/**
 * Whether a secret that was given for one cluster serves the other, so that a person who edits it need
 * not enter it again. The name and the CA file may differ, for it is the person who chooses them.
 */
export function isSameOwner(a: SecretOwner, b: SecretOwner): boolean {
  const owner = ownerOf(a);
  return owner !== undefined && JSON.stringify(owner) === JSON.stringify(ownerOf(b));
}

/**
 * Under which key a secret is stored; nothing if there is no secret to store. The key holds a hash of
 * the owner, and of the name and the CA file too: anybody may have changed them in the settings, and
 * the owner of a CA file could read what is sent.
 */
export function secretKey(definition: SecretOwner): string | undefined {
  const owner = ownerOf(definition);
  if (!owner) return undefined;
  const text = JSON.stringify([definition.name, ...owner, definition.caFile]);
  return `${PREFIX}${createHash('sha256').update(text).digest('hex')}`;
}

const PREFIX = 'kafkaRest.secret.';

/** Under which key it stands when each secret was last of use. */
const LAST_SEEN = 'kafkaRest.secretsLastSeen';

/** A secret that no cluster has used for this many days is deleted. */
const FORGOTTEN_AFTER_DAYS = 90;

/**
 * Secrets, each bound to all of the cluster that it was given for: not for another endpoint, be it only
 * another path behind the same gateway; not for another sign-in; and not with another CA file, whose
 * owner could read what is sent.
 */
export class SecretStore {
  constructor(private readonly storage: Storage) {}

  /** The secret, or `undefined` if none was given for exactly this. */
  async get(owner: SecretOwner): Promise<string | undefined> {
    const key = secretKey(owner);
    return key === undefined ? undefined : this.storage.get(key);
  }

  /** Stores a secret. A cluster that signs in without one has none to store. */
  async set(owner: SecretOwner, secret: string): Promise<void> {
    const key = secretKey(owner);
    if (key !== undefined) await this.storage.store(key, secret);
  }

  async remove(owner: SecretOwner): Promise<void> {
    const key = secretKey(owner);
    if (key !== undefined) await this.storage.delete(key);
  }

  /**
   * Removes the secrets that no cluster had for 90 days, in any window: the settings of other
   * workspaces, profiles and machines cannot be seen from here, so that a secret which none of
   * `clusters` has may be one of theirs. When each secret was last of use is kept beside the secrets,
   * where all windows find it; a secret that is not noted there yet counts from today on.
   *
   * @param today in days since 1970
   */
  async forget(clusters: readonly SecretOwner[], today: number): Promise<void> {
    const wanted = new Set(clusters.map(secretKey));
    const before = parseDays(await this.storage.get(LAST_SEEN));
    const after: Record<string, number> = {};
    for (const key of await this.storage.keys()) {
      if (!key.startsWith(PREFIX)) continue;
      const seen = wanted.has(key) ? today : Math.min(before.get(key) ?? today, today);
      if (today - seen > FORGOTTEN_AFTER_DAYS) await this.storage.delete(key);
      else after[key] = seen;
    }
    const isChanged =
      Object.keys(after).length !== before.size ||
      Object.entries(after).some(([key, seen]) => before.get(key) !== seen);
    if (isChanged) await this.storage.store(LAST_SEEN, JSON.stringify(after));
  }
}

/** The days by key. What cannot be read is not there. */
function parseDays(text: string | undefined): ReadonlyMap<string, number> {
  try {
    const value: unknown = JSON.parse(text ?? '');
    const members: [string, unknown][] =
      typeof value === 'object' && value !== null ? Object.entries(value) : [];
    return new Map(
      members.flatMap(([key, seen]) => (typeof seen === 'number' ? [[key, seen]] : [])),
    );
  } catch {
    return new Map();
  }
}
