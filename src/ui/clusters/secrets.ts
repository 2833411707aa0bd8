import * as vscode from 'vscode';
import { methodOf, secretsOf, serviceOf } from '../../auth/methods/registry';
import { isExtra } from '../../auth/methods/extras';
import type { Secrets } from '../../auth/methods/signInMethod';
import { ownersOf, secretKeys, type SecretOwner, type SecretStore } from '../../auth/secretStore';
import type { ClusterDefinition } from '../../core/cluster/definition';
import { oneLine } from '../../core/text/visible';
import { askPick } from '../dialogs/questions';
import { back, onlyStep } from '../dialogs/wizard';
import { sentences } from '../words/sentences';
import { secretWords } from '../words/signIn/registry';
import type { ClusterStore } from './clusters';
import { secretHint, secretProblem } from './typedSecret';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Returns the names of the secrets that a cluster signs in with. */
export function secretNames({ signIn }: Pick<ClusterDefinition, 'signIn'>): readonly string[] {
  return Object.keys(secretsOf(signIn));
}

/** The secrets of the clusters: those in VS Code's secret storage, and the emulator's in memory. */
export class ClusterSecrets {
  readonly #inMemory = new WeakMap<SecretOwner, Secrets>();
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

  /** Returns a secret by its name, or `undefined` if it is not known or not needed. */
  async get(owner: SecretOwner, name: string): Promise<string | undefined> {
    const inMemory = this.#inMemory.get(owner);
    if (inMemory) return inMemory[name];
    if (!secretKeys(owner).has(name)) return undefined;
    const secret = await this.store.get(owner, name);
    this.#forgetOnce();
    return secret;
  }

  /** Returns the secrets of a cluster that are known. */
  async known(owner: SecretOwner): Promise<Secrets> {
    const secrets: Record<string, string> = {};
    for (const name of secretKeys(owner).keys()) {
      const secret = await this.get(owner, name);
      if (secret !== undefined) secrets[name] = secret;
    }
    return secrets;
  }

  /** Returns the names of the secrets that the cluster cannot do without and that are not known. */
  async missing(owner: SecretOwner): Promise<readonly string[]> {
    const known = await this.known(owner);
    return Object.entries(secretsOf(owner.signIn))
      .filter(([name, { optional }]) => !optional && known[name] === undefined)
      .map(([name]) => name);
  }

  /** Stores secrets by their names, in memory if those of the cluster are kept there. */
  async set(owner: SecretOwner, secrets: Secrets): Promise<void> {
    const inMemory = this.#inMemory.get(owner);
    if (inMemory) {
      this.#inMemory.set(owner, { ...inMemory, ...secrets });
      this.clusters.announce(owner.name);
      return;
    }
    await this.store.set(owner, secrets);
    for (const key of secretKeys(owner).values()) this.#announce(key);
  }

  /** Keeps secrets in memory as long as the definition exists, and stores them nowhere. */
  keepInMemory(owner: SecretOwner, secrets: Secrets): void {
    this.#inMemory.set(owner, secrets);
  }

  /**
   * Removes the secrets of a cluster that was removed or replaced, except those still in use. Returns
   * whether that was possible: what the storage does not remove now goes once nothing has used it for
   * 90 days. Never rejects, because the cluster is gone or replaced by then.
   */
  async remove(definition: ClusterDefinition, replacement?: ClusterDefinition): Promise<boolean> {
    const kept = replacement ? ownersOf(replacement) : [];
    const removals = ownersOf(definition).map((owner) => {
      const { isRegistry } = owner;
      const other = kept.find((each) => each.isRegistry === isRegistry);
      return this.store.remove(owner, other);
    });
    const settled = await Promise.allSettled(removals);
    return settled.every(({ status }) => status === 'fulfilled');
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** Tells that the cluster with the secret of this key has changed. */
  #announce(key: string): void {
    for (const definition of this.clusters.defined()) {
      const keys = ownersOf(definition).flatMap((owner) => [...secretKeys(owner).values()]);
      if (keys.includes(key)) this.clusters.announce(definition.name);
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
      .forget(this.clusters.defined().flatMap(ownersOf), Math.floor(Date.now() / DAY_MS))
      .catch(() => undefined);
  }
}

/**
 * Asks for the secrets that a cluster needs and that are not stored here, or has the person sign in.
 * Throws a `CancellationError` if they give up.
 */
export async function makeReady(owner: SecretOwner, secrets: ClusterSecrets): Promise<void> {
  const missing = await secrets.missing(owner);
  if (missing.length > 0) {
    const typed = await askSecrets(owner, missing);
    if (typed === undefined) throw new vscode.CancellationError();
    await secrets.set(owner, typed);
  }
  if (methodOf(owner.signIn).person) {
    const { ensureAccount } = await import('./signInHost');
    await ensureAccount(owner.signIn);
  }
}

/**
 * Asks for secrets of a cluster, given by their names, and says where each is sent, because a
 * workspace may have given a well-known name to another host. One of `known` may be removed if the
 * cluster can do without it. Returns `undefined` if the person gives up.
 */
export async function askSecrets(
  owner: SecretOwner,
  names: readonly string[],
  known: Secrets = {},
): Promise<Secrets | undefined> {
  const secrets: Record<string, string> = {};
  for (const name of names) {
    const secret = await askSecret(owner, name, known[name] !== undefined);
    if (secret === undefined) return undefined;
    secrets[name] = secret;
  }
  return secrets;
}

/**
 * Asks which of several secrets of a cluster to replace, beginning with `refused`. Does not ask if
 * there is only one, or if several are not stored, as in a new place: then those are meant. Returns
 * `undefined` if the person gives up.
 */
export async function pickSecrets(
  owner: SecretOwner,
  known: Secrets,
  refused: string | undefined,
): Promise<readonly string[] | undefined> {
  const t = vscode.l10n.t;
  const { signIn } = owner;
  const names = secretNames({ signIn });
  if (names.length < 2) return names;
  const missing = names.filter((name) => known[name] === undefined);
  if (missing.length > 1) return missing;
  const isFirst = (name: string) => name === refused;
  const sorted = [...names.filter(isFirst), ...names.filter((name) => !isFirst(name))];
  const answer = await askPick<readonly string[]>(onlyStep(t('Secrets of {0}', ownerName(owner))), {
    placeholder: t('Which secret do you want to replace?'),
    choices: [
      ...sorted.map((name) => ({
        label: secretWords(signIn.kind, name)?.label ?? name,
        description:
          known[name] === undefined
            ? t('not stored')
            : isFirst(name)
              ? t('not accepted')
              : t('stored'),
        choice: [name],
      })),
      { label: t('All'), choice: names },
    ],
  });
  return answer === back ? undefined : answer;
}

/** Returns the name of a cluster, or what its schema registry is called. */
export function ownerName({ name, isRegistry }: Pick<SecretOwner, 'name' | 'isRegistry'>): string {
  return isRegistry ? vscode.l10n.t('the schema registry of {0}', name) : name;
}

async function askSecret(
  owner: SecretOwner,
  name: string,
  isKnown: boolean,
): Promise<string | undefined> {
  const { endpoint, signIn } = owner;
  const rule = secretsOf(signIn)[name];
  const words = secretWords(signIn.kind, name);
  if (!rule || !words) return undefined;
  const sentTo = (isExtra(name) ? undefined : serviceOf(signIn)?.address) ?? endpoint;
  const isLeftOut = (text: string) => rule.optional === true && text === '';
  const typed = await vscode.window.showInputBox({
    title: oneLine(words.title(ownerName(owner))),
    prompt: sentences(
      words.question(new URL(sentTo).host, new URL(endpoint).host),
      isKnown && rule.optional ? vscode.l10n.t('Leave it empty to remove the stored one.') : '',
    ),
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => {
      if (isLeftOut(text)) return undefined;
      const { problem } = rule.parse(text);
      if (problem !== undefined) return secretProblem(rule, problem, text);
      const message = secretHint(rule, text);
      return message && { message, severity: vscode.InputBoxValidationSeverity.Info };
    },
  });
  if (typed === undefined) return undefined;
  return isLeftOut(typed) ? '' : rule.parse(typed).value;
}
