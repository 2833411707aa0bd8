import * as vscode from 'vscode';
import { secretsOf } from '../../../../auth/methods/registry';
import type { Secrets, SecretSource } from '../../../../auth/methods/signInMethod';
import { type SecretOwner, servesBoth } from '../../../../auth/secretStore';
import type { RegistryDefinition } from '../../../../core/cluster/definition';
import { KafkaError } from '../../../../core/errors';
import type { ReadingRegistry } from '../../../../core/schemaRegistry/registry';
import { askPage } from '../../../dialogs/page';
import { withProgress } from '../../../dialogs/progress';
import { askPick } from '../../../dialogs/questions';
import { showResult } from '../../../dialogs/result';
import { type Answer, back, type StepContext } from '../../../dialogs/wizard';
import { isCancelled } from '../../../words/report';
import type { ConnectToRegistry } from '../../registry/connectToRegistry';
import { ensureAccount } from '../../signInHost';
import { askAfterFailure } from '../afterFailure';
import { askField, type FieldRules, missingFields } from '../clusterFields';
import { clusterPage } from '../clusterPage';
import { connectedToRegistry, locate, type TestFailure, testRegistry } from '../connectionTest';
import { type Draft, emptyDraft, toDefinition } from '../draft';
import { Unfinished } from '../unfinished';

/** What the questions for a schema registry need besides the draft of its cluster. */
export interface RegistryServices {
  readonly open: (...given: Parameters<ConnectToRegistry>) => ReadingRegistry;
  /** The registry that the cluster has in the settings, and the secrets that are stored for it. */
  readonly saved?: { readonly owner: SecretOwner; readonly secrets: Secrets };
}

/**
 * The REST proxy whose usual ways to sign in are also those of schema registries. Nothing else of it
 * counts for a registry.
 */
const ALIKE = 'karapace';

/**
 * Asks for the schema registry of a cluster, and tests it. Returns what changes in the draft of the
 * cluster.
 */
export async function askRegistry(
  { open, saved }: RegistryServices,
  cluster: Draft,
  context: StepContext,
): Promise<Answer<Partial<Draft>>> {
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
    if (answer === 'none') return { schemaRegistry: undefined, registrySecrets: {} };
  }
  const ask = new RegistryQuestions(open, saved, { ...context, canGoBack: true });
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
    private readonly open: RegistryServices['open'],
    private readonly saved: RegistryServices['saved'],
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
  async finish(given: Draft): Promise<Answer<Partial<Draft>>> {
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
        const { name } = draft;
        showResult(connectedToRegistry(name, result.subjects));
        return this.#changeOf(draft);
      }
      const run = {
        ...{ title, rules: this.#rules },
        judge: () => Promise.reject(new vscode.CancellationError()),
        resume: { title, run: () => undefined },
      };
      const next = await askAfterFailure(run, draft, result);
      if (next === 'save') return this.#changeOf(draft);
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
        testRegistry(this.open(definition, secret), definition, signal),
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
