import * as vscode from 'vscode';
import { secretsOf, serviceOf } from '../../auth/methods/registry';
import { isExtra } from '../../auth/methods/extras';
import type { Secrets } from '../../auth/methods/signInMethod';
import { secretKeys, type SecretStore } from '../../auth/secretStore';
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
  readonly #inMemory = new WeakMap<ClusterDefinition, Secrets>();
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
  async get(definition: ClusterDefinition, name: string): Promise<string | undefined> {
    const inMemory = this.#inMemory.get(definition);
    if (inMemory) return inMemory[name];
    if (!secretKeys(definition).has(name)) return undefined;
    const secret = await this.store.get(definition, name);
    this.#forgetOnce();
    return secret;
  }

  /** Returns the secrets of a cluster that are known. */
  async known(definition: ClusterDefinition): Promise<Secrets> {
    const secrets: Record<string, string> = {};
    for (const name of secretKeys(definition).keys()) {
      const secret = await this.get(definition, name);
      if (secret !== undefined) secrets[name] = secret;
    }
    return secrets;
  }

  /** Returns the names of the secrets that the cluster cannot do without and that are not known. */
  async missing(definition: ClusterDefinition): Promise<readonly string[]> {
    const known = await this.known(definition);
    return Object.entries(secretsOf(definition.signIn))
      .filter(([name, { optional }]) => !optional && known[name] === undefined)
      .map(([name]) => name);
  }

  /** Stores secrets by their names, in memory if those of the cluster are kept there. */
  async set(definition: ClusterDefinition, secrets: Secrets): Promise<void> {
    const inMemory = this.#inMemory.get(definition);
    if (inMemory) {
      this.#inMemory.set(definition, { ...inMemory, ...secrets });
      this.clusters.announce(definition.name);
      return;
    }
    await this.store.set(definition, secrets);
    for (const key of secretKeys(definition).values()) this.#announce(key);
  }

  /** Keeps secrets in memory as long as the definition exists, and stores them nowhere. */
  keepInMemory(definition: ClusterDefinition, secrets: Secrets): void {
    this.#inMemory.set(definition, secrets);
  }

  /** Removes the secrets of a cluster that was removed or replaced, except those still in use. */
  async remove(definition: ClusterDefinition, replacement?: ClusterDefinition): Promise<void> {
    await this.store.remove(definition, replacement);
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** Tells that the cluster with the secret of this key has changed. */
  #announce(key: string): void {
    for (const definition of this.clusters.defined()) {
      const keys = [...secretKeys(definition).values()];
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
      .forget(this.clusters.defined(), Math.floor(Date.now() / DAY_MS))
      .catch(() => undefined);
  }
}

/**
 * Asks for secrets of a cluster, given by their names, and says where each is sent, because a
 * workspace may have given a well-known name to another host. One of `known` may be removed if the
 * cluster can do without it. Returns `undefined` if the person gives up.
 */
export async function askSecrets(
  definition: ClusterDefinition,
  names: readonly string[],
  known: Secrets = {},
): Promise<Secrets | undefined> {
  const secrets: Record<string, string> = {};
  for (const name of names) {
    const secret = await askSecret(definition, name, known[name] !== undefined);
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
  { name: cluster, signIn }: ClusterDefinition,
  known: Secrets,
  refused: string | undefined,
): Promise<readonly string[] | undefined> {
  const t = vscode.l10n.t;
  const names = secretNames({ signIn });
  if (names.length < 2) return names;
  const missing = names.filter((name) => known[name] === undefined);
  if (missing.length > 1) return missing;
  const isFirst = (name: string) => name === refused;
  const sorted = [...names.filter(isFirst), ...names.filter((name) => !isFirst(name))];
  const answer = await askPick<readonly string[]>(onlyStep(t('Secrets of {0}', cluster)), {
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

async function askSecret(
  { name: cluster, endpoint, signIn }: ClusterDefinition,
  name: string,
  isKnown: boolean,
): Promise<string | undefined> {
  const rule = secretsOf(signIn)[name];
  const words = secretWords(signIn.kind, name);
  if (!rule || !words) return undefined;
  const sentTo = (isExtra(name) ? undefined : serviceOf(signIn)?.address) ?? endpoint;
  const isLeftOut = (text: string) => rule.optional === true && text === '';
  const typed = await vscode.window.showInputBox({
    title: oneLine(words.title(cluster)),
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
