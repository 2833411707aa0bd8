import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type ConnectProxy, startConnectProxy } from '../../support/network/connectProxy';
import { asSetting, children, labels, run, set, type Started, startOwnEmulator } from '../support';

const { Global } = vscode.ConfigurationTarget;
const clusterHost = 'contoso-kafkarest.azurehdinsight.net';
const authorityHost = 'login.microsoftonline.com';

describe('The HTTP proxy of VS Code’s settings', () => {
  let emulator: Started;
  let proxy: ConnectProxy;

  before(async () => {
    emulator = await startOwnEmulator({
      hosts: { proxy: clusterHost, authority: authorityHost },
    });
    proxy = await startConnectProxy();
    await vscode.workspace.getConfiguration('http').update('proxy', proxy.url, Global);
    await set('clusters', [asSetting('behind', emulator)]);
    const secret = emulator.info.clientSecret;
    await run('replaceSecret', { cluster: 'behind' }, { showInputBox: secret });
  });

  after(async () => {
    await run('removeCluster', { cluster: 'behind' }, { showWarningMessage: 'Remove' });
    await set('clusters', undefined);
    await vscode.workspace.getConfiguration('http').update('proxy', undefined, Global);
    await proxy.close();
    await emulator.stop();
  });

  it('carries the sign-in and the calls, with the CA file of the cluster in force', async () => {
    const topics = await children('behind', 'Topics');
    assert.ok(labels(topics).includes('orders'), labels(topics).join());
    const hosts = new Set(proxy.tunnels.map((tunnel) => tunnel.split(':')[0]));
    assert.deepEqual([...hosts].sort(), [clusterHost, authorityHost]);
  });
});
