import { createHash } from 'node:crypto';
import { withoutEndSlashes } from '../core/cluster/definition';

/** What this needs of VS Code's `SecretStorage`. */
export interface Storage {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

/** All that decides where a client secret goes, and what the tokens that it brings are good for. */
export interface SecretOwner {
  readonly name: string;
  readonly endpoint: string;
  readonly authority: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly scope: string;
  readonly caFile?: string;
}

/**
 * Client secrets, each bound to all of the cluster that it was given for. Whoever changes a part of it
 * in the settings gets no secret: not for another endpoint, be it only another path behind the same
 * gateway; not for another authority, tenant, client or resource; and not with another CA file, whose
 * owner could read what is sent.
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
  key({ name, endpoint, authority, tenantId, clientId, scope, caFile }: SecretOwner): string {
    const owner = [
      name,
      withoutEndSlashes(new URL(endpoint).href),
      new URL(authority).origin,
      tenantId.toLowerCase(),
      clientId.toLowerCase(),
      scope,
      caFile,
    ];
    return `kafkaRest.secret.${createHash('sha256').update(JSON.stringify(owner)).digest('hex')}`;
  }
}
