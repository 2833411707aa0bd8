import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Fault } from '../../support/faults/fault';
import { type FaultProxy, startFaultProxy } from '../../support/faults/faultProxy';
import {
  accept,
  asSetting,
  closeEditors,
  connect,
  nextQuickPick,
  run,
  set,
  type Started,
  until,
} from '../support';

type Pick = vscode.QuickPick<vscode.QuickPickItem>;

describe('The question for a topic', () => {
  let emulator: Started;
  let proxy: FaultProxy;
  /** Holds back the list of topics while there is one. */
  let held: Promise<void> | undefined;
  let running: Promise<unknown>;

  before(async () => {
    const names = [
      'old-payments',
      'payloads',
      'zz-pay',
      'other',
      'hidden',
      'late-one',
      'later-two',
    ];
    emulator = await connect('contoso', { samples: false }, (emulator) => {
      for (const name of names) {
        emulator.createTopic({ name, partitions: 1 });
        emulator.append(name, [{ partition: 0, value: `of ${name}` }]);
      }
    });
    const waits: Fault = {
      name: 'held back',
      act: async (exchange) => {
        await held;
        await exchange.send(await exchange.forward());
      },
    };
    proxy = await startFaultProxy(emulator, {
      plan: ({ path }) => (held && path.endsWith('/topics') ? waits : undefined),
    });
    await set('clusters', [asSetting('contoso', { info: proxy.info })]);
    await run(
      'replaceSecret',
      { cluster: 'contoso' },
      { showInputBox: emulator.info.clientSecret },
    );
  });

  afterEach(closeEditors);

  after(async () => {
    await run('removeCluster', { cluster: 'contoso' }, { showWarningMessage: 'Remove' });
    await set('clusters', undefined);
    await set('hiddenTopics', undefined);
    await proxy.close();
    await emulator.stop();
  });

  /** Holds the list of topics back until what it returns is called. */
  function holdBack(): () => void {
    let release = (): void => undefined;
    held = new Promise((resolve) => {
      release = () => {
        held = undefined;
        resolve();
      };
    });
    return release;
  }

  /** Asks for the topic whose only message is to be shown; all else is given. */
  async function question(): Promise<Pick> {
    const asked = nextQuickPick();
    running = run('consume', { cluster: 'contoso', start: 'earliest', count: 1, partition: 0 });
    return asked;
  }

  async function loaded(): Promise<Pick> {
    const pick = await question();
    await until(() => pick.items.length > 1 && !pick.busy, 'the topics');
    return pick;
  }

  async function isActive(pick: Pick, text: string): Promise<void> {
    await until(() => {
      const [active] = pick.activeItems;
      return text === (active?.label === '' ? active.description : active?.label);
    }, `${text} is active`);
  }

  async function shows(topic: string): Promise<void> {
    await running;
    const text = vscode.window.activeTextEditor?.document.getText();
    assert.ok(text?.includes(`of ${topic}`), text);
  }

  async function dismiss(pick: Pick): Promise<void> {
    pick.hide();
    await running;
  }

  const offered = ({ items }: Pick) => items.at(-1)?.description;

  it('takes the first topic that matches a part of a name', async () => {
    for (const [typed, topic] of [
      ['pay', 'payloads'],
      ['ments', 'old-payments'],
      ['zz-p', 'zz-pay'],
      ['other', 'other'],
      ['othe', 'other'],
    ] as const) {
      const pick = await loaded();
      pick.value = typed;
      await until(() => typed === topic || offered(pick) === `Other topic: ${typed}`, 'the offer');
      await isActive(pick, topic);
      await accept();
      await shows(topic);
    }
  });

  it('takes the name that was typed where no topic matches, and looks it up', async () => {
    await set('hiddenTopics', ['hid*']);
    const pick = await loaded();
    pick.value = 'hidden';
    await isActive(pick, 'Other topic: hidden');
    await accept();
    await shows('hidden');
    await set('hiddenTopics', undefined);
  });

  it('stays where there is no such topic, keeps what was typed and says so', async () => {
    const pick = await loaded();
    pick.value = 'orderz';
    await isActive(pick, 'Other topic: orderz');
    await accept();
    await isActive(pick, 'There is no topic orderz on contoso');
    assert.match(pick.items.at(-1)?.detail ?? '', /^Check the name\./);
    assert.equal(pick.value, 'orderz');
    // It may be there by now.
    emulator.createTopic({ name: 'orderz', partitions: 1 });
    emulator.append('orderz', [{ partition: 0, value: 'of orderz' }]);
    await accept();
    await shows('orderz');
  });

  it('offers the next name after one that does not exist', async () => {
    const pick = await loaded();
    pick.value = 'nothin';
    await isActive(pick, 'Other topic: nothin');
    await accept();
    await isActive(pick, 'There is no topic nothin on contoso');
    pick.value = 'nothing';
    await isActive(pick, 'Other topic: nothing');
    await dismiss(pick);
  });

  it('makes the first match active also where it comes after the name was typed', async () => {
    const release = holdBack();
    const pick = await question();
    pick.value = 'late-';
    await isActive(pick, 'Other topic: late-');
    release();
    await isActive(pick, 'late-one');
    assert.equal(offered(pick), 'Other topic: late-');
    await accept();
    await shows('late-one');
  });

  it('says that a typed topic does not exist also while the list is loaded', async () => {
    const release = holdBack();
    const pick = await question();
    pick.value = 'later';
    await isActive(pick, 'Other topic: later');
    await accept();
    await isActive(pick, 'There is no topic later on contoso');
    release();
    await isActive(pick, 'later-two');
    assert.equal(offered(pick), 'There is no topic later on contoso');
    await dismiss(pick);
  });
});
