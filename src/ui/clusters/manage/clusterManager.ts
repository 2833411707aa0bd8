import type { EntryPlace } from '../../../core/cluster/settings';
import { index, lenient, literal, object, type Schema, string } from '../../../core/schema';
import { checkInAzure } from '../azure/checkInAzure';
import { signInAnew } from '../azure/signIn';
import type { Connections } from '../connections';
import { toTarget } from '../pick';
import { openEntry } from '../settingsFile';
import { ClusterWizard, type WizardServices } from './addCluster';
import { emulatorMenu, stopEmulator } from './emulatorMenu';
import { chooseOwnCluster, removeCluster, replaceSecret, testCluster } from './manageClusters';
import { type GatewayServices, startGateway } from './gateway';
import { startEmulatorOf } from './startEmulator';
import { givenProtection, protectCluster } from './protectCluster';
import { useCluster } from '../useCluster';

export interface ManagerServices extends GatewayServices, WizardServices {
  readonly connections: Connections;
}

const editedField = object({ field: lenient(string) });

const refusedSecret = object({ secret: lenient(string) });

const place: Schema<{ readonly place: EntryPlace }> = object({
  place: object({
    source: object({
      scope: literal('user', 'workspace', 'folder'),
      folder: lenient(string),
    }),
    index,
  }),
});

/**
 * What adds, changes and removes clusters, and the menu of the emulator. Most of the methods take
 * the argument of their command.
 */
export class ClusterManager {
  readonly #wizard: ClusterWizard;

  constructor(private readonly services: ManagerServices) {
    this.#wizard = new ClusterWizard(services);
  }

  add(from?: 'azure'): Promise<void> {
    return this.#wizard.add(from);
  }

  use(argument: unknown): Promise<void> {
    return useCluster(this.services.clusters, toTarget(argument), place(argument)?.place);
  }

  async edit(argument: unknown): Promise<void> {
    const cluster = await chooseOwnCluster(this.services.clusters, toTarget(argument));
    await this.#wizard.edit(cluster, editedField(argument)?.field);
  }

  async openSettings(argument: unknown): Promise<void> {
    const { clusters } = this.services;
    const given = place(argument)?.place;
    const entry = given ?? (await chooseOwnCluster(clusters, toTarget(argument))).place;
    if (entry) await openEntry(entry);
  }

  protect(argument: unknown): Promise<void> {
    return protectCluster(this.services.clusters, toTarget(argument), givenProtection(argument));
  }

  async setRegistry(argument: unknown): Promise<void> {
    const cluster = await chooseOwnCluster(this.services.clusters, toTarget(argument));
    await this.#wizard.setRegistry(cluster);
  }

  remove(argument: unknown): Promise<void> {
    const { clusters, secrets } = this.services;
    return removeCluster(clusters, secrets, toTarget(argument));
  }

  async export(): Promise<void> {
    const { exportClusters } = await import('../exchange/exchange');
    return exportClusters(this.services.clusters);
  }

  async import(argument: unknown): Promise<void> {
    const { clusters, secrets } = this.services;
    const { importClusters } = await import('../exchange/exchange');
    return importClusters(clusters, secrets, argument);
  }

  test(argument: unknown): Promise<void> {
    const { connections, secrets, connect } = this.services;
    return testCluster(connections, secrets, connect, toTarget(argument));
  }

  replaceSecret(argument: unknown): Promise<void> {
    const { clusters, secrets } = this.services;
    const refused = refusedSecret(argument)?.secret;
    return replaceSecret(clusters, secrets, this.services, toTarget(argument), refused);
  }

  async signIn(argument: unknown): Promise<void> {
    const { clusters } = this.services;
    const { name, signIn } = (await chooseOwnCluster(clusters, toTarget(argument))).definition;
    await signInAnew(name, signIn);
    clusters.announce(name);
  }

  async checkInAzure(argument: unknown): Promise<void> {
    const { definition } = await chooseOwnCluster(this.services.clusters, toTarget(argument));
    return checkInAzure(this.services, definition);
  }

  startEmulatorOf(argument: unknown): Promise<void> {
    return startEmulatorOf(this.services.emulator, argument);
  }

  startGateway(argument: unknown): Promise<void> {
    return startGateway(this.services, argument);
  }

  stopEmulator(argument: unknown): Promise<void> {
    return stopEmulator(this.services.emulator, toTarget(argument).cluster);
  }

  showEmulatorMenu(): Promise<void> {
    return emulatorMenu(this.services.emulator);
  }
}
