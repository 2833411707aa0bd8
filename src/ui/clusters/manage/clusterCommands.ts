import * as vscode from 'vscode';
import type { CommandTable } from '../../base/command';
import type { EmulatorService } from '../emulator';
import type { ClusterManager } from './clusterManager';

type ClusterCommandId =
  | 'addCluster'
  | 'addAzureCluster'
  | 'useCluster'
  | 'editCluster'
  | 'openClusterSettings'
  | 'protectCluster'
  | 'setSchemaRegistry'
  | 'removeCluster'
  | 'exportClusters'
  | 'importClusters'
  | 'testCluster'
  | 'replaceSecret'
  | 'enterSecret'
  | 'signIn'
  | 'checkInAzure'
  | 'startEmulator'
  | 'startEmulatorOf'
  | 'startGateway'
  | 'stopEmulator'
  | 'emulatorMenu';

/**
 * The commands that add, change and remove clusters, whose code may have to be loaded, and those of
 * the emulator.
 */
export function clusterCommands(
  load: () => Promise<ClusterManager>,
  emulator: EmulatorService,
): Pick<CommandTable, ClusterCommandId> {
  const t = vscode.l10n.t;
  return {
    addCluster: {
      action: t('add the cluster'),
      run: async () => (await load()).add(),
    },
    addAzureCluster: {
      action: t('add the cluster'),
      run: async () => (await load()).add('azure'),
    },
    useCluster: {
      action: t('use the cluster of this workspace'),
      run: async (argument) => (await load()).use(argument),
    },
    editCluster: {
      action: t('edit the cluster'),
      run: async (argument) => (await load()).edit(argument),
    },
    openClusterSettings: {
      action: t('open the settings of the cluster'),
      run: async (argument) => (await load()).openSettings(argument),
    },
    protectCluster: {
      action: t('change the protection of the cluster'),
      run: async (argument) => (await load()).protect(argument),
    },
    setSchemaRegistry: {
      action: t('set the schema registry'),
      run: async (argument) => (await load()).setRegistry(argument),
    },
    removeCluster: {
      action: t('remove the cluster'),
      run: async (argument) => (await load()).remove(argument),
    },
    exportClusters: {
      action: t('export the clusters'),
      run: async () => (await load()).export(),
    },
    importClusters: {
      action: t('import clusters'),
      run: async (argument) => (await load()).import(argument),
    },
    testCluster: {
      action: t('connect to the cluster'),
      run: async (argument) => (await load()).test(argument),
    },
    replaceSecret: {
      action: t('replace the secret'),
      run: async (argument) => (await load()).replaceSecret(argument),
    },
    enterSecret: {
      action: t('enter the secret'),
      run: async (argument) => (await load()).replaceSecret(argument),
    },
    signIn: {
      action: t('sign in'),
      run: async (argument) => (await load()).signIn(argument),
    },
    checkInAzure: {
      action: t('look the cluster up in Azure'),
      run: async (argument) => (await load()).checkInAzure(argument),
    },
    startEmulator: {
      action: t('start the emulator'),
      run: () => emulator.start(),
    },
    startEmulatorOf: {
      action: t('start the emulator'),
      run: async (argument) => (await load()).startEmulatorOf(argument),
    },
    startGateway: {
      action: t('start the gateway'),
      run: async (argument) => (await load()).startGateway(argument),
    },
    stopEmulator: {
      action: t('stop the emulator'),
      run: async (argument) => (await load()).stopEmulator(argument),
    },
    emulatorMenu: {
      action: t('show the menu of the emulator'),
      run: async () => (await load()).showEmulatorMenu(),
    },
  };
}
