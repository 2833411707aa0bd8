import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { numberSetting, numberSettings } from '../../src/ui/settings';
import { set } from './support';

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
      contributes: { configuration: { properties: Record<string, Declared> } };
    };
    const { properties } = manifest.contributes.configuration;
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
});
