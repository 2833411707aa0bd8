import * as vscode from 'vscode';
import { secretsOf } from '../../../../auth/methods/registry';
import type { Secrets, SecretSource } from '../../../../auth/methods/signInMethod';
import { registryOwner, type SecretOwner, servesBoth } from '../../../../auth/secretStore';
import type { ClusterDefinition, RegistryDefinition } from '../../../../core/cluster/definition';
import { KafkaError } from '../../../../core/errors';
import { askPage } from '../../../dialogs/page';
import { withProgress } from '../../../dialogs/progress';
import { askPick } from '../../../dialogs/questions';
import { type Answer, back, type StepContext } from '../../../dialogs/wizard';
import { isCancelled } from '../../../words/report';
import type { Registries } from '../../registry/registries';
import type { ClusterSecrets } from '../../secrets';
import { ensureAccount } from '../../signInHost';
import { askAfterFailure } from '../afterFailure';
import { askField, type FieldRules, missingFields } from '../clusterFields';
import { clusterPage } from '../clusterPage';
import { connectedToRegistry, locate, type TestFailure, testRegistry } from '../connectionTest';
import { type Draft, emptyDraft, toDefinition } from '../draft';
import { Unfinished } from '../unfinished';

/** What the questions for a schema registry need besides the draft of its cluster. */
export interface RegistryServices {
  readonly registries: () => Promise<Registries>;
  readonly secrets: Pick<ClusterSecrets, 'known'>;
}

/** The registry that the cluster has in the settings, and the secrets that are stored for it. */
interface Saved {
  readonly owner: SecretOwner;
  readonly secrets: Secrets;
}

/**
 * The REST proxy whose usual ways to sign in are also those of schema registries. Nothing else of it
 * counts for a registry.
 */
const ALIKE = 'karapace';

/** What a person decided about the schema registry of a cluster. */
export interface RegistryAnswer {
  /** What changes in the draft of the cluster. */
  readonly change: Partial<Draft>;
  /** The outcome of the test in a sentence; missing if it failed or there was none. */
  readonly outcome?: string;
}

/**
 * Asks for the schema registry of a cluster, and tests it. `replaced` is the cluster as it stands in
 * the settings, if it does.
 */
export async function askRegistry(
  services: RegistryServices,
  cluster: Draft,
  context: StepContext,
  replaced: ClusterDefinition | undefined,
): Promise<Answer<RegistryAnswer>> {
  const t = vscode.l10n.t;
  const { schemaRegistry: current } = cluster;
  if (current) {
    const answer = await askPick<'change' | 'none'>(context, {
      placeholder: t('The schema registry is {0}', current.endpoint),
      choices: [
        { label: t('Change it'), iconPath: new vscode.ThemeIcon('edit'), choice: 'change' },
        {
          label: t('Use no schema registry'),
          iconPath: new vscode.ThemeIcon('trash'),
          choice: 'none',
        },
      ],
    });
    if (answer === back || answer === undefined) return answer;
    if (answer === 'none') return { change: { schemaRegistry: undefined, registrySecrets: {} } };
  }
  const owner = replaced && registryOwner(replaced);
  const saved = owner && { owner, secrets: await services.secrets.known(owner) };
  const ask = new RegistryQuestions(await services.registries(), saved, {
    ...context,
    canGoBack: true,
  });
  const draft = current ? draftOf(cluster) : await ask.begin(draftOf(cluster));
  return draft === back || draft === undefined ? draft : ask.finish(draft);
}

/** Returns the draft of a schema registry: of the one that the cluster has, or of a new one. */
function draftOf({ name, caFile, schemaRegistry, registrySecrets }: Draft): Draft {
  return {
    ...emptyDraft,
    ...{ name, caFile, signIn: { kind: 'none' } },
    ...schemaRegistry,
    ...{ secrets: registrySecrets, isRegistry: true, dialect: { kind: ALIKE } },
    decidedBy: 'person',
  };
}

class RegistryQuestions {
  readonly #rules: FieldRules;

  constructor(
    private readonly registries: Pick<Registries, 'trial'>,
    private readonly saved: Saved | undefined,
    private readonly context: StepContext,
  ) {
    this.#rules = {
      isTaken: () => false,
      nameFollows: false,
      detect: () => Promise.resolve(undefined),
      askRegistry: () => Promise.resolve(undefined),
      keepsSecret: (draft, name) => this.#kept(draft, name) !== undefined,
    };
  }

  /** Asks for the address, and how to sign in if the registry does not respond without. */
  async begin(draft: Draft): Promise<Answer<Draft>> {
    const asked = await askField('endpoint', draft, this.#rules, this.context);
    if (asked === back || asked === undefined) return asked;
    const address = { ...draft, ...asked };
    const result = await this.#test(address);
    const isRefused =
      result &&
      'error' in result &&
      result.error instanceof KafkaError &&
      (result.error.kind === 'unauthorized' || result.error.kind === 'forbidden');
    return isRefused ? this.#signIn({ ...address, signIn: { kind: 'basic' } }) : address;
  }

  /** Asks how to sign in, and for what that needs. Giving up there leads to the page. */
  async #signIn(draft: Draft): Promise<Answer<Draft>> {
    const chosen = await askField('signIn', draft, this.#rules, this.context);
    if (chosen === back || chosen === undefined) return chosen;
    let filled = { ...draft, ...chosen };
    for (const field of missingFields(filled, this.#rules)) {
      const answer = await askField(field, filled, this.#rules, this.context);
      if (answer === back || answer === undefined) break;
      filled = { ...filled, ...answer };
    }
    return filled;
  }

  /** Shows the page until the test succeeds, or the person wants to save all the same. */
  async finish(given: Draft): Promise<Answer<RegistryAnswer>> {
    const { title } = this.context;
    const unfinished = new Unfinished(given);
    const page = clusterPage(this.#rules, false, unfinished);
    let draft = given;
    let showsPage = true;
    for (;;) {
      if (showsPage) {
        const answer = await askPage(this.context, draft, page);
        if (answer === back || answer === undefined) return answer;
        draft = answer;
      }
      const result = await this.#test(draft);
      showsPage = true;
      if (result === undefined) continue;
      if ('subjects' in result) {
        const outcome = connectedToRegistry(draft.name, result.subjects);
        return { change: this.#changeOf(draft), outcome };
      }
      const run = {
        ...{ title, rules: this.#rules },
        judge: () => Promise.reject(new vscode.CancellationError()),
        resume: { title, run: () => undefined },
      };
      const next = await askAfterFailure(run, draft, result);
      if (next === 'save') return { change: this.#changeOf(draft) };
      if (next !== back) {
        draft = { ...draft, ...next };
        showsPage = false;
      }
    }
  }

  /** Returns `undefined` if the person cancels the test. */
  async #test(draft: Draft): Promise<{ readonly subjects: number } | TestFailure | undefined> {
    const t = vscode.l10n.t;
    const definition = registryOf(draft);
    const secret: SecretSource = (name) => Promise.resolve(this.#secret(draft, name));
    const title = t('Testing the connection to {0}', new URL(definition.endpoint).host);
    try {
      await ensureAccount(definition.signIn);
      return await withProgress(title, (signal) =>
        testRegistry(this.registries.trial(definition, secret), definition, signal),
      );
    } catch (error) {
      if (isCancelled(error)) return undefined;
      if (error instanceof KafkaError) return locate(error, definition);
      throw error;
    }
  }

  #changeOf(draft: Draft): Partial<Draft> {
    const schemaRegistry = registryOf(draft);
    const names = Object.keys(secretsOf(schemaRegistry.signIn));
    const secrets = names.map((name) => [name, this.#secret(draft, name)] as const);
    return { schemaRegistry, registrySecrets: Object.fromEntries(secrets) };
  }

  #secret(draft: Draft, name: string): string | undefined {
    return draft.secrets[name] || this.#kept(draft, name);
  }

  /** Returns a stored secret that serves the draft. */
  #kept(draft: Draft, name: string): string | undefined {
    if (!this.saved) return undefined;
    const { owner, secrets } = this.saved;
    const serves = servesBoth(name, { ...registryOf(draft), name: draft.name }, owner);
    return serves ? secrets[name] : undefined;
  }
}

function registryOf(draft: Draft): RegistryDefinition {
  const { endpoint, signIn, caFile, protection } = toDefinition(draft);
  return { endpoint, signIn, ...(caFile !== undefined && { caFile }), protection };
}
