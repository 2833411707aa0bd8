import * as vscode from 'vscode';
import { methodOf } from '../../auth/methods/registry';
import { secretKey, type SecretStore } from '../../auth/secretStore';
import type { ClusterDefinition } from '../../core/cluster/definition';
import { oneLine } from '../../core/text/visible';
import { fieldProblem } from '../words/fieldProblem';
import { signInWords } from '../words/signIn/registry';
import type { ClusterStore } from './clusters';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The secrets of the clusters: those in VS Code's secret storage, and the emulator's in memory. */
export class ClusterSecrets {
  readonly #inMemory = new WeakMap<ClusterDefinition, string>();
  readonly #subscription: vscode.Disposable;
  #forgets = false;

  constructor(
    private readonly clusters: ClusterStore,
    private readonly store: SecretStore,
    changes: vscode.Event<vscode.SecretStorageChangeEvent>,
  ) {
    this.#subscription = changes(({ key }) => {
      this.#announce(key);
    });
  }

  /** Returns the secret, or `undefined` if it is not known or the cluster needs none. */
  async get(definition: ClusterDefinition): Promise<string | undefined> {
    const inMemory = this.#inMemory.get(definition);
    if (inMemory !== undefined) return inMemory;
    if (secretKey(definition) === undefined) return undefined;
    const secret = await this.store.get(definition);
    this.#forgetOnce();
    return secret;
  }

  /** Returns whether the cluster needs a secret that is not known. */
  async lacks(definition: ClusterDefinition): Promise<boolean> {
    return secretKey(definition) !== undefined && (await this.get(definition)) === undefined;
  }

  async set(definition: ClusterDefinition, secret: string): Promise<void> {
    await this.store.set(definition, secret);
    this.#announce(secretKey(definition));
  }

  /** Keeps a secret in memory as long as the definition exists, and stores it nowhere. */
  keepInMemory(definition: ClusterDefinition, secret: string): void {
    this.#inMemory.set(definition, secret);
  }

  /** Removes the secret of a cluster that was removed, or replaced by one with another secret. */
  async remove(definition: ClusterDefinition, replacement?: ClusterDefinition): Promise<void> {
    if (replacement && secretKey(replacement) === secretKey(definition)) return;
    await this.store.remove(definition);
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** Tells that the cluster with the secret of this key has changed. */
  #announce(key: string | undefined): void {
    for (const definition of this.clusters.defined()) {
      if (secretKey(definition) === key) this.clusters.announce(definition.name);
    }
  }

  /**
   * Removes leftover secrets once in each session, and only after a person has used a cluster,
   * because opening the secret storage may show a dialog of the system. A failure does no harm,
   * because the next session tries again.
   */
  #forgetOnce(): void {
    if (this.#forgets) return;
    this.#forgets = true;
    this.store
      .forget(this.clusters.defined(), Math.floor(Date.now() / DAY_MS))
      .catch(() => undefined);
  }
}

/**
 * Asks for the secret of a cluster and says where it is sent, because a workspace may have given a
 * well-known name to another host. Returns `undefined` if the person gives up or no secret is
 * needed.
 */
export async function askSecret({
  name,
  endpoint,
  signIn,
}: ClusterDefinition): Promise<string | undefined> {
  const { secret, service } = methodOf(signIn);
  const words = signInWords(signIn.kind)?.secret;
  if (!secret || !words) return undefined;
  const sentTo = (service !== undefined && signIn[service]) || endpoint;
  const typed = await vscode.window.showInputBox({
    title: oneLine(words.title(name)),
    prompt: words.question(new URL(sentTo).host, new URL(endpoint).host),
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => {
      const { problem } = secret.parse(text);
      return problem === undefined ? undefined : fieldProblem(problem);
    },
  });
  return typed === undefined ? undefined : secret.parse(typed).value;
}
