import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type FaultProxy, startFaultProxy } from '../../support/faults/faultProxy';
import { forbidden } from '../../support/faults/faults';
import {
  asSetting,
  closeEditors,
  run,
  set,
  startOwnEmulator,
  type Started,
  until,
} from '../support';

describe('A read that fails half-way', () => {
  let emulator: Started;
  let proxy: FaultProxy;
  let isBroken = true;
  const letters = 'a b c d e f g h';

  before(async () => {
    emulator = await startOwnEmulator({ samples: false });
    emulator.createTopic({ name: 'broken', partitions: 1 });
    const values = letters.split(' ').map((letter) => letter.repeat(900_000));
    emulator.append(
      'broken',
      values.map((value) => ({ partition: 0, value })),
    );
    proxy = await startFaultProxy(emulator, {
      plan: ({ kind, count }) =>
        isBroken && kind === 'consume' && count > 1 ? forbidden : undefined,
    });
    await set('clusters', [asSetting('contoso', { info: proxy.info })]);
    const showInputBox = emulator.info.clientSecret;
    await run('replaceSecret', { cluster: 'contoso' }, { showInputBox });
  });

  after(async () => {
    await closeEditors();
    await run('removeCluster', { cluster: 'contoso' }, { showWarningMessage: 'Remove' });
    await set('clusters', undefined);
    await proxy.close();
    await emulator.stop();
  });

  /** The first letters of the values that the document shows. */
  function shown(): string {
    const text = vscode.window.activeTextEditor?.document.getText() ?? '[]';
    const messages = JSON.parse(text) as { readonly value: unknown }[];
    return messages.map(({ value }) => String(value).charAt(0)).join(' ');
  }

  it('shows what has come, and goes on from there when it is tried again', async () => {
    const argument = { cluster: 'contoso', topic: 'broken', partitions: 'all', start: 'earliest' };
    const told: string[][] = [];
    const original = vscode.window.showErrorMessage;
    const showErrorMessage = (...texts: string[]) => {
      told.push(texts);
      isBroken = false;
      return Promise.resolve('Try Again');
    };
    Object.assign(vscode.window, { showErrorMessage });
    try {
      await vscode.commands.executeCommand('kafkaRest.consume', { ...argument, count: 8 });
      await until(() => shown() === letters, 'each message is there once');
    } finally {
      Object.assign(vscode.window, { showErrorMessage: original });
    }
    const [[text = '', ...titles] = []] = told;
    assert.match(text, /^Could not read further than \d+ messages? of broken: the application may/);
    assert.deepEqual([told.length, titles], [1, ['Open Setup Guide', 'Try Again', 'Show Log']]);
  });
});
