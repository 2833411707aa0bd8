import * as vscode from 'vscode';
import type { EntryPlace } from '../../../core/cluster/settings';
import { index, lenient, literal, object, type Schema, string } from '../../../core/schema';
import type { CommandTable } from '../../base/command';
import type { ClusterStore } from '../clusters';
import type { ConnectToRead } from '../connect';
import type { Connections } from '../connections';
import type { EmulatorService } from '../emulator';
import { toTarget } from '../pick';
import type { ClusterSecrets } from '../secrets';
import { openEntry } from '../settingsFile';
import { ClusterWizard } from './addCluster';
import { emulatorMenu, stopEmulator } from './emulatorMenu';
import { chooseOwnCluster, removeCluster, replaceSecret, testCluster } from './manageClusters';
import { givenProtection, protectCluster } from './protectCluster';

type ClusterCommandId =
  | 'addCluster'
  | 'editCluster'
  | 'openClusterSettings'
  | 'protectCluster'
  | 'removeCluster'
  | 'testCluster'
  | 'replaceSecret'
  | 'enterSecret'
  | 'startEmulator'
  | 'stopEmulator'
  | 'emulatorMenu';

interface ClusterServices {
  readonly clusters: ClusterStore;
  readonly secrets: ClusterSecrets;
  readonly connections: Connections;
  readonly connect: ConnectToRead;
  readonly emulator: EmulatorService;
}

const editedField = object({ field: lenient(string) });

const place: Schema<{ readonly place: EntryPlace }> = object({
  place: object({
    source: object({
      scope: literal('user', 'workspace', 'folder'),
      folder: lenient(string),
    }),
    index,
  }),
});

/** The commands that add, change and remove clusters, and those of the emulator. */
export function clusterCommands(services: ClusterServices): Pick<CommandTable, ClusterCommandId> {
  const { clusters, secrets, connections, connect, emulator } = services;
  const wizard = new ClusterWizard(clusters, secrets, connect);
  const t = vscode.l10n.t;
  return {
    addCluster: {
      action: t('add the cluster'),
      run: () => wizard.add(),
    },
    editCluster: {
      action: t('edit the cluster'),
      run: async (argument) => {
        const cluster = await chooseOwnCluster(clusters, toTarget(argument));
        await wizard.edit(cluster, editedField(argument)?.field);
      },
    },
    openClusterSettings: {
      action: t('open the settings of the cluster'),
      run: async (argument) => {
        const given = place(argument)?.place;
        const entry = given ?? (await chooseOwnCluster(clusters, toTarget(argument))).place;
        if (entry) await openEntry(entry);
      },
    },
    protectCluster: {
      action: t('change the protection of the cluster'),
      run: (argument) => protectCluster(clusters, toTarget(argument), givenProtection(argument)),
    },
    removeCluster: {
      action: t('remove the cluster'),
      run: (argument) => removeCluster(clusters, secrets, toTarget(argument)),
    },
    testCluster: {
      action: t('connect to the cluster'),
      run: (argument) => testCluster(connections, secrets, connect, toTarget(argument)),
    },
    replaceSecret: {
      action: t('replace the secret'),
      run: (argument) => replaceSecret(clusters, secrets, connect, toTarget(argument)),
    },
    enterSecret: {
      action: t('enter the secret'),
      run: (argument) => replaceSecret(clusters, secrets, connect, toTarget(argument)),
    },
    startEmulator: {
      action: t('start the emulator'),
      run: () => emulator.start(),
    },
    stopEmulator: {
      action: t('stop the emulator'),
      run: () => stopEmulator(emulator),
    },
    emulatorMenu: {
      action: t('show the menu of the emulator'),
      run: () => emulatorMenu(emulator),
    },
  };
}
