import * as vscode from 'vscode';
import type { Management, Named } from '../../../azure/management';
import { type HttpOptions, openHttp } from '../../../core/http/client';
import { askMany, askPick, type Choice } from '../../dialogs/questions';
import { type Answer, back, type StepContext } from '../../dialogs/wizard';
import { askAccess, type AzureAccess } from './azureAccess';
import { clusterChoices, type ReachableCluster } from './azureClusters';
import { readAzureMemory, rememberAzure } from './azureMemory';
import { type Reach, reachWith } from './reach';

/** A cluster that was found, and how and where the person signed in to find it. */
export interface InAzure extends AzureAccess {
  readonly cluster: ReachableCluster;
  readonly tenantId: string;
}

export interface AzureServices {
  readonly globalState: vscode.Memento;
  readonly httpOptions: () => HttpOptions;
}

/** Asks for an HDInsight cluster among those that a person may see in Azure. */
export async function findInAzure(
  { globalState, httpOptions }: AzureServices,
  context: StepContext,
): Promise<Answer<InAzure>> {
  const http = openHttp(httpOptions());
  try {
    for (;;) {
      const access = await askAccess(context, readAzureMemory(globalState));
      if (access === back || access === undefined) return access;
      await rememberAzure(globalState, { by: access.by, cloud: access.cloud.name });
      const search = new Search(access, reachWith(access, http), globalState);
      const found = await search.run({ ...context, canGoBack: true });
      if (found !== back) return found;
    }
  } finally {
    http.dispose();
  }
}

type Wanted = ReachableCluster | 'tenant' | 'subscriptions';

/** The questions for one way to sign in. */
class Search {
  constructor(
    private readonly access: AzureAccess,
    private readonly reach: Reach,
    private readonly state: vscode.Memento,
  ) {}

  async run(context: StepContext): Promise<Answer<InAzure>> {
    const tenants = await this.reach(context, '', (home, signal) => home.tenants(signal));
    if (tenants === back || tenants === undefined) return tenants;
    let tenant = this.#rememberedOf(tenants);
    for (;;) {
      const chosen = tenant ?? (await this.#askTenant(context, tenants));
      if (chosen === back || chosen === undefined) return chosen;
      const found = await this.#askIn(context, chosen, tenants.length > 1);
      if (found === back && tenants.length === 1) return back;
      if (found !== back && found !== 'tenant') return found;
      tenant = undefined;
    }
  }

  #rememberedOf(tenants: readonly Named[]): Named | undefined {
    const { tenant } = readAzureMemory(this.state);
    return tenants.length === 1 ? tenants[0] : tenants.find(({ id }) => id === tenant);
  }

  async #askTenant(context: StepContext, tenants: readonly Named[]): Promise<Answer<Named>> {
    const t = vscode.l10n.t;
    const { tenant } = readAzureMemory(this.state);
    const answer = await askPick<Named>(context, {
      placeholder: t('In which tenant are the clusters?'),
      choices: tenants.map((each) => ({
        label: each.name,
        description: each.id,
        iconPath: new vscode.ThemeIcon('organization'),
        choice: each,
      })),
      active: ({ id }) => id === tenant,
    });
    if (answer !== back && answer) await rememberAzure(this.state, { tenant: answer.id });
    return answer;
  }

  /** Asks for a cluster in a tenant. */
  async #askIn(
    context: StepContext,
    tenant: Named,
    isOneOfSeveral: boolean,
  ): Promise<Answer<InAzure> | 'tenant'> {
    const { id: tenantId } = tenant;
    let management: Management | undefined;
    const subscriptions = await this.reach(context, tenantId, (opened, signal) => {
      management = opened;
      return opened.subscriptions(signal);
    });
    if (subscriptions === back || subscriptions === undefined) return subscriptions;
    for (;;) {
      const some = this.#chosen(tenantId, subscriptions);
      const more = moreChoices(some.length, subscriptions.length, isOneOfSeveral && tenant);
      const answer = await askPick<Wanted>(context, {
        placeholder: vscode.l10n.t('Which cluster? Looking in Azure takes a moment'),
        choices: async (signal, show) => {
          if (!management) return more;
          const rows = await clusterChoices(management, some, signal, (found) => {
            show([...found, ...more]);
          });
          return [...rows, ...more];
        },
        active: (choice) => typeof choice !== 'string',
      });
      if (answer === back || answer === undefined || answer === 'tenant') return answer;
      if (answer !== 'subscriptions') {
        return { cluster: answer, tenantId, ...this.access };
      }
      await this.#askSubscriptions(context, tenantId, subscriptions);
    }
  }

  /** Returns the subscriptions to look in: the remembered ones, or all if there are none. */
  #chosen(tenant: string, all: readonly Named[]): readonly Named[] {
    const ids = readAzureMemory(this.state).subscriptions?.[tenant];
    const some = all.filter(({ id }) => ids?.includes(id));
    return some.length > 0 ? some : all;
  }

  async #askSubscriptions(
    context: StepContext,
    tenant: string,
    all: readonly Named[],
  ): Promise<void> {
    const before = new Set(this.#chosen(tenant, all));
    const answer = await askMany<Named>(
      context,
      vscode.l10n.t('In which subscriptions are the clusters?'),
      () =>
        Promise.resolve(
          all.map((each) => ({ label: each.name, description: each.id, choice: each })),
        ),
      (each) => before.has(each),
    );
    if (answer === back || answer === undefined) return;
    const { subscriptions } = readAzureMemory(this.state);
    const ids = answer.length === all.length ? [] : answer.map(({ id }) => id);
    await rememberAzure(this.state, { subscriptions: { ...subscriptions, [tenant]: ids } });
  }
}

/** The choices below the clusters. */
function moreChoices(some: number, all: number, tenant: Named | false): readonly Choice<Wanted>[] {
  const t = vscode.l10n.t;
  const rows: Choice<Wanted>[] = [];
  if (all > 1) {
    rows.push({
      label: t('Choose Subscriptions...'),
      description: t('{0} of {1} are searched', some, all),
      iconPath: new vscode.ThemeIcon('filter'),
      choice: 'subscriptions',
    });
  }
  if (tenant) {
    rows.push({
      label: t('Choose Tenant...'),
      description: tenant.name,
      iconPath: new vscode.ThemeIcon('organization'),
      choice: 'tenant',
    });
  }
  const { Separator } = vscode.QuickPickItemKind;
  return rows.length === 0 ? [] : [{ label: t('Elsewhere'), kind: Separator }, ...rows];
}
