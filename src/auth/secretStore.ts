import { createHash } from 'node:crypto';

/** What this needs of VS Code's `SecretStorage`. */
export interface Storage {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

/** All that a client secret was given for. */
export interface SecretOwner {
  readonly name: string;
  readonly endpoint: string;
  readonly authority: string;
  readonly tenantId: string;
  readonly clientId: string;
}

/**
 * Client secrets, each bound to the cluster, endpoint, authority, tenant and client that it was given
 * for. Whoever changes one of them in the settings does not get the secret sent to a new place.
 */
export class SecretStore {
  constructor(private readonly storage: Storage) {}

  /** The secret, or `undefined` if none was given for exactly this. */
  async get(owner: SecretOwner): Promise<string | undefined> {
    return this.storage.get(this.key(owner));
  }

  async set(owner: SecretOwner, secret: string): Promise<void> {
    await this.storage.store(this.key(owner), secret);
  }

  async remove(owner: SecretOwner): Promise<void> {
    await this.storage.delete(this.key(owner));
  }

  /** The key in the storage, to recognise a change. The spelling of addresses and ids is no matter. */
  key({ name, endpoint, authority, tenantId, clientId }: SecretOwner): string {
    const owner = [
      name,
      new URL(endpoint).origin,
      new URL(authority).origin,
      tenantId.toLowerCase(),
      clientId.toLowerCase(),
    ];
    return `kafkaRest.secret.${createHash('sha256').update(JSON.stringify(owner)).digest('hex')}`;
  }
}
