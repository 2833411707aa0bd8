import type { Memento } from 'vscode';
import type { Storage } from '../../../../src/auth/secretStore';
import { meet, productSite } from '../calls';

/**
 * VS Code's secret storage in memory. `locked`: the keyring of the system is locked. `throws`: VS Code
 * refuses the call at once, as when it has ended the extension's storage.
 */
export class FailingSecrets implements Storage {
  /** It begins with these secrets, by key. */
  constructor(private readonly secrets = new Map<string, string>()) {}

  keys(): PromiseLike<readonly string[]> {
    return failing('keys', () => [...this.secrets.keys()]);
  }

  get(key: string): PromiseLike<string | undefined> {
    return failing('get', () => this.secrets.get(key));
  }

  store(key: string, value: string): PromiseLike<void> {
    return failing('store', () => {
      this.secrets.set(key, value);
    });
  }

  delete(key: string): PromiseLike<void> {
    return failing('delete', () => {
      this.secrets.delete(key);
    });
  }
}

function failing<T>(name: string, act: () => T): Promise<T> {
  const how = meet('secret', name, ['locked', 'throws'], productSite());
  if (how === 'throws') throw new Error('Canceled');
  if (how === 'locked') return Promise.reject(new Error('Cannot unlock the keyring'));
  return Promise.resolve(act());
}

/**
 * VS Code's state of a workspace or of the user. `lost`: it is not written, although VS Code goes on
 * with it until the window is closed.
 */
export class FailingState implements Memento {
  readonly #values = new Map<string, unknown>();

  keys(): readonly string[] {
    return [...this.#values.keys()];
  }

  get<T>(key: string, fallback?: T): T | undefined {
    return (this.#values.get(key) as T | undefined) ?? fallback;
  }

  update(key: string, value: unknown): Promise<void> {
    const how = meet('state', 'update', ['lost', 'throws'], productSite());
    if (how === 'throws') throw new Error('Canceled');
    this.#values.set(key, structuredClone(value));
    return how === 'lost' ? Promise.reject(new Error('Unable to write')) : Promise.resolve();
  }
}
