import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { onDemand } from '../../../src/ui/base/onDemand';
import { registerCommands } from '../../../src/ui/shell/registerCommands';
import { Reporter } from '../../../src/ui/words/reporter';
import { numberSetting, numberSettings } from '../../../src/ui/base/settings';
import { answering, set } from '../support';

describe('The extension', () => {
  const extension = vscode.extensions.getExtension('kafka-rest-explorer.kafka-rest-explorer');
  assert.ok(extension);

  it('activates', async () => {
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  const numbers = Object.keys(numberSettings) as (keyof typeof numberSettings)[];

  it('knows the limits of its settings as they are declared', () => {
    interface Declared {
      readonly default: number;
      readonly minimum: number;
      readonly maximum: number;
    }
    const manifest = extension.packageJSON as {
      contributes: { configuration: readonly { properties: Record<string, Declared> }[] };
    };
    const properties = Object.fromEntries(
      manifest.contributes.configuration.flatMap((each) => Object.entries(each.properties)),
    );
    for (const name of numbers) {
      const declared = properties[`kafkaRest.${name}`];
      const limits = [declared?.default, declared?.minimum, declared?.maximum];
      assert.deepEqual([...numberSettings[name]], limits, name);
    }
  });

  it('keeps to them, whatever the settings of a workspace hold', async () => {
    for (const name of ['request.timeout', 'viewer.maxSize'] as const) {
      const [fallback, least, most] = numberSettings[name];
      for (const [value, expected] of [
        [1e15, most],
        [0, least],
        ['7', fallback],
      ] as const) {
        await set(name, value);
        assert.equal(numberSetting(name), expected, `${name}: ${JSON.stringify(value)}`);
      }
      await set(name, undefined);
      assert.equal(numberSetting(name), fallback);
    }
  });

  it('says that a command could not be loaded, and loads it when it is called again', async () => {
    const { registerCommand } = vscode.commands;
    const handlers = new Map<string, (argument: unknown) => unknown>();
    Object.assign(vscode.commands, {
      registerCommand: (id: string, handler: (argument: unknown) => unknown) => {
        handlers.set(id, handler);
        return new vscode.Disposable(() => handlers.delete(id));
      },
    });
    const log: string[] = [];
    const reporter = new Reporter({
      info: () => undefined,
      error: (line) => log.push(line),
      show: () => undefined,
    });
    const ran: unknown[] = [];
    const outcomes = [
      () => Promise.reject(new Error('commands.js is gone')),
      () =>
        Promise.resolve({
          run: (argument: unknown) => ran.push(argument),
          dispose: () => undefined,
        }),
    ];
    const loaded = onDemand(() => outcomes.shift()?.() ?? assert.fail('loaded once more'));
    const find = async () => ({ action: 'try', run: (await loaded.get()).run });
    const registered = registerCommands(find, reporter);
    Object.assign(vscode.commands, { registerCommand });
    const call = (argument: number) =>
      answering({}, () => handlers.get('kafkaRest.consume')?.(argument));
    assert.deepEqual(await call(1), [
      'Could not run the command: commands.js is gone. See the log for details.',
    ]);
    assert.match(String(log), /commands\.js is gone/);
    assert.deepEqual([await call(2), await call(3)], [[], []]);
    assert.deepEqual(ran, [2, 3]);
    registered.dispose();
    assert.equal(handlers.size, 0);
  });
});
