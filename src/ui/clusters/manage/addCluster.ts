import * as vscode from 'vscode';
import { secretsOf } from '../../../auth/methods/registry';
import type { Secrets, SecretSource } from '../../../auth/methods/signInMethod';
import { registryOwner, type SecretOwner, servesBoth } from '../../../auth/secretStore';
import { nameFor } from '../../../core/cluster/askedEndpoint';
import type { ClusterDefinition } from '../../../core/cluster/definition';
import { dialectOf } from '../../../core/dialects/registry';
import { KafkaError } from '../../../core/errors';
import type { Action } from '../../dialogs/notify';
import { askPage, runPage } from '../../dialogs/page';
import { withProgress } from '../../dialogs/progress';
import { showResult } from '../../dialogs/result';
import {
  type Answer,
  back,
  mapAnswer,
  onlyStep,
  runWizard,
  type Step,
  type StepContext,
} from '../../dialogs/wizard';
import { runs } from '../../words/remedies';
import { isCancelled } from '../../words/report';
import { ownSource } from '../clusterSettings';
import { judgeInAzure } from '../azure/checkInAzure';
import type { AzureServices, InAzure } from '../azure/findInAzure';
import type { Cluster, ClusterStore } from '../clusters';
import type { ConnectToRead, Detect } from '../connect';
import type { Registries } from '../registry/registries';
import type { ClusterSecrets } from '../secrets';
import { ensureAccount } from '../signInHost';
import { askAfterFailure } from './afterFailure';
import { askFieldAndMissing, type FieldRules } from './clusterFields';
import { clusterPage } from './clusterPage';
import { connectedTo, locate, testConnection, type TestResult } from './connectionTest';
import { type Draft, emptyDraft, isField, toDefinition } from './draft';
import { confirmLowering, confirmLoweringOfRegistry } from './protectCluster';
import { askRegistry } from './registry/askRegistry';
import { firstStep, foundStep, stepsOf } from './steps';
import { Unfinished } from './unfinished';

/** One run of the wizard: what it edits, if anything, and the secrets that are stored for that. */
interface Run {
  readonly title: string;
  readonly rules: FieldRules;
  readonly stored: Secrets;
  readonly edited?: Cluster;
  /** Keeps what the person has typed. */
  readonly unfinished: Unfinished;
}

export interface WizardServices extends AzureServices {
  readonly clusters: ClusterStore;
  readonly secrets: ClusterSecrets;
  readonly connect: ConnectToRead;
  readonly detect: Detect;
  readonly registries: () => Promise<Registries>;
  /** Shows a cluster in the tree, where it gets the focus. */
  readonly show: (cluster: string) => Promise<void>;
}

/** The wizard that adds and edits clusters. It tests the connection before it saves. */
export class ClusterWizard {
  /** The new cluster that the person gave up. */
  #unfinished = new Unfinished();
  /** What the person has changed in clusters, by their definitions, and given up. */
  readonly #edits = new WeakMap<ClusterDefinition, Unfinished>();

  constructor(private readonly services: WizardServices) {}

  /**
   * Asks for a new cluster, or continues with the one that the person has begun. `from` begins with
   * the clusters in Azure.
   */
  async add(from?: 'azure'): Promise<void> {
    const title = vscode.l10n.t('Add Cluster');
    const before = this.#unfinished;
    const continues =
      !before.isEmpty &&
      (await before.askToContinue(title, vscode.l10n.t('You have begun to add a cluster')));
    const unfinished = continues ? before : new Unfinished();
    const rules = this.#rules();
    const run: Run = { title, rules, stored: {}, unfinished };
    try {
      const page: Step<Draft> = {
        ask: (draft, context) => askPage(context, draft, clusterPage(rules, true, unfinished)),
      };
      const find = (context: StepContext) => this.#find(context, rules);
      const first = (from === 'azure' ? foundStep : firstStep)(unfinished, find);
      const steps = [...stepsOf(rules, unfinished, first), page];
      await this.#finish(run, await runWizard(title, unfinished.draft, steps));
      this.#unfinished = new Unfinished();
    } catch (error) {
      if (!unfinished.isEmpty) this.#unfinished = unfinished;
      throw error;
    }
  }

  /**
   * Asks what to change in a cluster, beginning with the question for a field if one is given. Its
   * secrets are kept while they go to the same host for the same identity. Continues with what the
   * person has changed and given up.
   */
  async edit(edited: Cluster, field = ''): Promise<void> {
    const { definition, place } = edited;
    const title = vscode.l10n.t('Edit Cluster {0}', definition.name);
    const stored = await this.services.secrets.known(definition);
    const rules = this.#rules(definition, stored);
    const source = place?.source ?? ownSource;
    const before = this.#edits.get(definition);
    const begun = vscode.l10n.t('You have begun to edit {0}', definition.name);
    const unfinished =
      before && (await before.askToContinue(title, begun))
        ? before
        : new Unfinished({ ...emptyDraft, ...definition, source, decidedBy: 'person' });
    this.#edits.delete(definition);
    try {
      const run: Run = { title, rules, stored, edited, unfinished };
      await this.#finish(run, await this.#change(run, field));
    } catch (error) {
      if (!unfinished.isEmpty) this.#edits.set(definition, unfinished);
      throw error;
    }
  }

  /** Asks for one field if it is given, or else shows the page with all of them. */
  async #change({ title, rules, unfinished }: Run, field: string): Promise<Draft> {
    const { draft } = unfinished;
    if (!isField(draft, field)) return runPage(title, draft, clusterPage(rules, false, unfinished));
    const answer = await askFieldAndMissing(field, draft, rules, onlyStep(title), unfinished);
    if (answer === undefined || answer === back) throw new vscode.CancellationError();
    return { ...draft, ...answer };
  }

  /** Asks for a cluster in Azure. */
  async #find(context: StepContext, rules: FieldRules): Promise<Answer<Partial<Draft>>> {
    const { findInAzure } = await import('../azure/findInAzure');
    const found = await findInAzure(this.services, context);
    return found === back || found === undefined ? found : draftOf(found, rules);
  }

  /** Asks for the schema registry of a cluster, tests it, and saves it. */
  async setRegistry(edited: Cluster): Promise<void> {
    const { definition, place } = edited;
    const title = vscode.l10n.t('Schema Registry of {0}', definition.name);
    const source = place?.source ?? ownSource;
    const draft: Draft = { ...emptyDraft, ...definition, source, decidedBy: 'person' };
    const answer = await askRegistry(this.services, draft, onlyStep(title), definition);
    if (answer === undefined || answer === back) throw new vscode.CancellationError();
    const { change, outcome } = answer;
    await this.#save({ ...draft, ...change }, {}, edited);
    if (outcome !== undefined) showResult(outcome);
  }

  #rules(replaced?: ClusterDefinition, stored: Secrets = {}): FieldRules {
    const { clusters, detect } = this.services;
    return {
      askRegistry: async (draft, context) => {
        const answer = await askRegistry(this.services, draft, context, replaced);
        return mapAnswer(answer, ({ change, outcome }) => {
          if (outcome !== undefined) showResult(outcome);
          return change;
        });
      },
      isTaken: (name) => name !== replaced?.name && clusters.isTaken(name),
      nameFollows: replaced === undefined,
      detect,
      keepsSecret: (draft, name) =>
        stored[name] !== undefined && !!replaced && servesBoth(name, toDefinition(draft), replaced),
    };
  }

  /** Tests and saves, and asks again for fields that the person wants to change. */
  async #finish(run: Run, filled: Draft): Promise<void> {
    const { title, rules, edited, unfinished } = run;
    const page = clusterPage(rules, edited === undefined, unfinished);
    const judge = (definition: ClusterDefinition) => judgeInAzure(this.services, definition);
    let draft = filled;
    for (;;) {
      unfinished.draft = draft;
      const definition = toDefinition(draft);
      const given = givenSecrets(draft, run);
      const result = await this.#test(definition, given);
      const resume = resumeAt(definition.name, edited);
      const next =
        result === undefined
          ? back
          : result.ok
            ? 'save'
            : await askAfterFailure({ title, rules, judge, resume }, draft, result.failure);
      if (next === 'save') {
        await this.#save(draft, given, edited);
        // Before the result, because a person who has read that may go on, and needs the focus.
        if (edited === undefined) await this.services.show(definition.name);
        showResult(savedMessage(definition, result));
        return;
      }
      draft = next === back ? await runPage(title, draft, page) : { ...draft, ...next };
    }
  }

  async #save(draft: Draft, given: Secrets, edited: Cluster | undefined): Promise<void> {
    const definition = toDefinition(draft);
    const replaced = edited?.definition;
    const { clusters, secrets } = this.services;
    if (replaced) {
      await confirmLowering(clusters, replaced, definition.protection);
      const { schemaRegistry: registry } = definition;
      await confirmLoweringOfRegistry(clusters, replaced, registry?.protection);
    }
    await secrets.set(definition, given);
    const owner = registryOwner(definition);
    if (owner) await secrets.set(owner, await this.#registrySecrets(draft, owner, replaced));
    await clusters.save(definition, draft.source, replaced?.name);
    if (replaced) await secrets.remove(replaced, definition);
  }

  /** Returns the secrets of the schema registry: the typed ones, or the stored ones that it keeps. */
  async #registrySecrets(
    { registrySecrets }: Draft,
    owner: SecretOwner,
    replaced: ClusterDefinition | undefined,
  ): Promise<Secrets> {
    const before = replaced && registryOwner(replaced);
    const stored = before ? await this.services.secrets.known(before) : {};
    const kept = Object.entries(stored).filter(
      ([name]) => before !== undefined && servesBoth(name, owner, before),
    );
    const typed = Object.entries(registrySecrets).filter(([, secret]) => secret !== undefined);
    return Object.fromEntries([...kept, ...typed]);
  }

  /** Returns `undefined` if the person cancels the test. */
  async #test(definition: ClusterDefinition, secrets: Secrets): Promise<TestResult | undefined> {
    const title = vscode.l10n.t('Testing the connection to {0}', definition.name);
    const secret: SecretSource = (name) => Promise.resolve(secrets[name]);
    try {
      await ensureAccount(definition.signIn);
      return await withProgress(title, (signal) =>
        testConnection(this.services.connect, definition, secret, signal),
      );
    } catch (error) {
      if (isCancelled(error)) return undefined;
      if (!(error instanceof KafkaError)) throw error;
      return { ok: false, failure: locate(error, definition) };
    }
  }
}

/**
 * Returns what is known of a cluster that was found. The person is likely to sign in to it as they
 * did to Azure, which asks for no ID.
 */
function draftOf(
  { cluster, tenantId, by, cloud }: InAzure,
  { isTaken }: FieldRules,
): Partial<Draft> {
  const { endpoint, resourceId, group } = cluster;
  const hdinsight = dialectOf({ kind: 'hdinsight-v1' });
  return {
    name: nameFor(endpoint, hdinsight.endpoint, isTaken),
    endpoint,
    dialect: { kind: hdinsight.kind },
    decidedBy: 'person',
    signIn: { kind: by, tenantId, authority: cloud.authority },
    azure: { resourceId, ...(group !== undefined && { group }) },
  };
}

/** Returns the secrets that the draft needs: the typed ones, or the stored ones that it keeps. */
function givenSecrets(draft: Draft, { rules, stored }: Run): Secrets {
  const names = Object.keys(secretsOf(toDefinition(draft).signIn));
  return Object.fromEntries(
    names.map((name) => [
      name,
      draft.secrets[name] || (rules.keepsSecret(draft, name) ? stored[name] : undefined),
    ]),
  );
}

/** Returns the action that opens the wizard again with what was entered for a cluster. */
function resumeAt(name: string, edited: Cluster | undefined): Action {
  const title = vscode.l10n.t('Continue with {0}', name);
  return edited === undefined
    ? runs(title, 'addCluster')
    : runs(title, 'editCluster', { cluster: edited.definition.name });
}

function savedMessage({ name }: ClusterDefinition, result: TestResult | undefined): string {
  return result?.ok
    ? connectedTo(name, result)
    : vscode.l10n.t('Saved {0}, which cannot be reached yet.', name);
}
