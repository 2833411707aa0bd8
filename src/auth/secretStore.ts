import { createHash } from 'node:crypto';
import { KafkaError } from '../core/errors';
import { visible } from '../core/text/visible';
import type { ClusterDefinition } from '../core/cluster/definition';
import { withoutEndSlashes } from '../core/cluster/endpoint';
import { methodOf, secretsOf } from './methods/registry';
import type { Secrets } from './methods/signInMethod';

/** The part of VS Code's `SecretStorage` that is used here. */
export interface Storage {
  keys(): PromiseLike<readonly string[]>;
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

/** The parts of a definition that decide which secrets belong to it. */
export interface SecretOwner extends Pick<
  ClusterDefinition,
  'name' | 'endpoint' | 'signIn' | 'caFile'
> {
  /** Whether the schema registry of the cluster is meant, which shares no secret with it. */
  readonly isRegistry?: true;
}

const registryOwners = new WeakMap<ClusterDefinition, SecretOwner>();

/** Returns the schema registry of a cluster as an owner of secrets: always the same object. */
export function registryOwner(definition: ClusterDefinition): SecretOwner | undefined {
  const { name, schemaRegistry } = definition;
  const known = registryOwners.get(definition);
  if (known || !schemaRegistry) return known;
  const owner = { name, ...schemaRegistry, isRegistry: true } as const;
  registryOwners.set(definition, owner);
  return owner;
}

/** Returns a cluster and its schema registry, if it has one. */
export function ownersOf(definition: ClusterDefinition): readonly SecretOwner[] {
  const registry = registryOwner(definition);
  return registry ? [definition, registry] : [definition];
}

/**
 * Returns, by the name of each secret that the cluster needs, what the secret is bound to: the
 * endpoint, and what else decides where it is sent and what it is valid for. The spelling of
 * addresses and ids does not matter.
 */
function bindingsOf({
  endpoint,
  signIn,
}: Pick<SecretOwner, 'endpoint' | 'signIn'>): ReadonlyMap<string, readonly string[]> {
  const address = withoutEndSlashes(new URL(endpoint).href);
  const rules = Object.entries(secretsOf(signIn));
  return new Map(rules.map(([name, rule]) => [name, [address, ...rule.boundTo(signIn)]]));
}

/**
 * Returns whether a secret that was given for one cluster serves the other, so that a person who
 * edits it need not enter it again. The name, the CA file, the client certificate and the extra
 * headers may differ, because the person chooses them.
 */
export function servesBoth(name: string, a: SecretOwner, b: SecretOwner): boolean {
  const binding = bindingsOf(a).get(name);
  return (
    binding !== undefined && JSON.stringify(binding) === JSON.stringify(bindingsOf(b).get(name))
  );
}

/**
 * Returns the keys under which the secrets of a cluster are stored, by the names of the secrets. A
 * key holds a hash of what the secret is bound to, and of the name and the CA file of the cluster:
 * anybody may have changed these in the settings, and the owner of a CA file could read what is
 * sent. If the cluster has a client certificate or extra headers, it also holds the whole sign-in.
 * The keys of a schema registry differ from those of any cluster.
 */
export function secretKeys(definition: SecretOwner): ReadonlyMap<string, string> {
  const { name: cluster, signIn, caFile, isRegistry } = definition;
  const whole = methodOf(signIn).boundTo(signIn);
  const role = isRegistry ? ['schemaRegistry'] : [];
  const keys = new Map<string, string>();
  for (const [name, binding] of bindingsOf(definition)) {
    const text = JSON.stringify([cluster, ...binding, ...whole, caFile, ...role]);
    keys.set(name, `${PREFIX}${createHash('sha256').update(text).digest('hex')}`);
  }
  return keys;
}

const PREFIX = 'kafkaRest.secret.';

/** The key under which is stored when each secret was last used. */
const LAST_SEEN = 'kafkaRest.secretsLastSeen';

/** A secret that no cluster has used for this many days is deleted. */
const FORGOTTEN_AFTER_DAYS = 90;

/** Returns a storage that rejects with a `KafkaError` of kind `secrets-locked`, and never throws. */
function telling(storage: Storage): Storage {
  const tell = async <T>(call: () => PromiseLike<T>): Promise<T> => {
    try {
      return await call();
    } catch (cause) {
      const detail = visible(cause instanceof Error ? cause.message : String(cause)).slice(0, 500);
      throw new KafkaError('secrets-locked', { detail, cause });
    }
  };
  return {
    keys: () => tell(() => storage.keys()),
    get: (key) => tell(() => storage.get(key)),
    store: (key, value) => tell(() => storage.store(key, value)),
    delete: (key) => tell(() => storage.delete(key)),
  };
}

/**
 * Stores secrets. Each is bound to the whole cluster that it was given for: it is not used for
 * another endpoint, even if only the path differs, nor for another sign-in, nor with another CA
 * file. Rejects with a `KafkaError` of kind `secrets-locked` if the storage fails.
 */
export class SecretStore {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = telling(storage);
  }

  /** Returns a secret by its name, or `undefined` if none was given for exactly this cluster. */
  async get(owner: SecretOwner, name: string): Promise<string | undefined> {
    const key = secretKeys(owner).get(name);
    return key === undefined ? undefined : this.#storage.get(key);
  }

  /**
   * Stores secrets by their names, or removes those that are empty. Ignores those that the cluster
   * does not need. If one cannot be stored, those before it get back what they were, as far as the
   * storage lets them: of old and new ones mixed, a service may lock the account.
   */
  async set(owner: SecretOwner, secrets: Secrets): Promise<void> {
    const before = new Map<string, string | undefined>();
    try {
      for (const [name, key] of secretKeys(owner)) {
        const secret = secrets[name];
        if (secret === undefined) continue;
        before.set(key, await this.#storage.get(key));
        await this.#put(key, secret);
      }
    } catch (error) {
      for (const [key, secret = ''] of before) await this.#put(key, secret).catch(() => undefined);
      throw error;
    }
  }

  async #put(key: string, secret: string): Promise<void> {
    if (secret === '') await this.#storage.delete(key);
    else await this.#storage.store(key, secret);
  }

  /**
   * Removes the secrets of a cluster, except those that `replacement` shares with it. If one cannot be
   * removed, the others are nevertheless.
   */
  async remove(owner: SecretOwner, replacement?: SecretOwner): Promise<void> {
    const kept = new Set(replacement && secretKeys(replacement).values());
    const keys = [...secretKeys(owner).values()].filter((key) => !kept.has(key));
    const removals = await Promise.allSettled(keys.map((key) => this.#storage.delete(key)));
    const failed = removals.find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }

  /**
   * Removes the secrets that no cluster in any window has needed for 90 days. A secret that none of
   * `clusters` needs is not removed at once, because it may belong to the settings of another
   * workspace, profile or machine, which cannot be read from here. The day on which each secret was
   * last needed is stored beside the secrets, so that all windows share it. A secret without such a
   * day counts as needed today.
   *
   * @param clusters all clusters that this window knows
   * @param today in days since 1970
   */
  async forget(clusters: readonly SecretOwner[], today: number): Promise<void> {
    const wanted = new Set(clusters.flatMap((cluster) => [...secretKeys(cluster).values()]));
    const before = parseDays(await this.#storage.get(LAST_SEEN));
    const after: Record<string, number> = {};
    for (const key of await this.#storage.keys()) {
      if (!key.startsWith(PREFIX)) continue;
      const seen = wanted.has(key) ? today : Math.min(before.get(key) ?? today, today);
      if (today - seen > FORGOTTEN_AFTER_DAYS) await this.#storage.delete(key);
      else after[key] = seen;
    }
    const isChanged =
      Object.keys(after).length !== before.size ||
      Object.entries(after).some(([key, seen]) => before.get(key) !== seen);
    if (isChanged) await this.#storage.store(LAST_SEEN, JSON.stringify(after));
  }
}

/** Returns the days by key, without those that cannot be read. */
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
