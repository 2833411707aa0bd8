import type { Backend } from '../../backend';
import { ConsumerInstance, type InstanceSettings } from './consumerInstance';

/** The consumer instances of a REST proxy, by group and name. */
export class ConsumerInstances {
  readonly #all = new Map<string, { readonly instance: ConsumerInstance; usedAt: number }>();

  /** `idleMs`: how long an instance stays that nobody calls; missing: for ever. */
  constructor(
    private readonly backend: Backend,
    private readonly idleMs = Infinity,
  ) {}

  /** The instances that there are, each as `group/name`. */
  get names(): readonly string[] {
    this.#expire();
    return [...this.#all.keys()];
  }

  /** Returns a new instance; `undefined` if the group has one of that name. */
  create(group: string, name: string, settings: InstanceSettings): ConsumerInstance | undefined {
    this.#expire();
    const id = `${group}/${name}`;
    if (this.#all.has(id)) return undefined;
    const instance = new ConsumerInstance(this.backend, settings);
    this.#all.set(id, { instance, usedAt: Date.now() });
    return instance;
  }

  find(group: string, name: string): ConsumerInstance | undefined {
    this.#expire();
    const found = this.#all.get(`${group}/${name}`);
    if (found) found.usedAt = Date.now();
    return found?.instance;
  }

  /** Removes an instance once its poll has ended. Resolves with whether there was one. */
  async remove(group: string, name: string): Promise<boolean> {
    const instance = this.find(group, name);
    if (!instance) return false;
    return instance.alone(async () => Promise.resolve(this.#all.delete(`${group}/${name}`)));
  }

  #expire(): void {
    for (const [id, { usedAt }] of this.#all) {
      if (Date.now() - usedAt > this.idleMs) this.#all.delete(id);
    }
  }
}
