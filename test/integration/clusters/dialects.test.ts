import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Dialect } from '../../../src/core/dialects/dialect';
import { dialects } from '../../../src/core/dialects/registry';
import { KafkaError } from '../../../src/core/errors';
import { choiceStep, dialectQuestion } from '../../../src/ui/clusters/manage/choices';
import { type Draft, emptyDraft } from '../../../src/ui/clusters/manage/draft';
import { runWizard } from '../../../src/ui/dialogs/wizard';
import { explain } from '../../../src/ui/words/report';
import { accept, beginAdding, nextInputBox, nextQuickPick, until } from '../support';

describe('The question for the dialect', () => {
  const [hdinsight] = dialects;
  const other: Dialect = { kind: 'other-v1', fields: {}, signIn: 'none' };
  const typed: Draft = { ...emptyDraft, secrets: { clientSecret: 's3cret' } };

  const ask = (all: readonly Dialect[]) =>
    runWizard('Add Cluster', typed, [choiceStep(dialectQuestion(all))]);

  it('has no page while there is one dialect', async () => {
    assert.deepEqual(await ask([hdinsight]), typed);
  });

  it('has a page once there are two, and brings the usual way of signing in', async () => {
    const asked = nextQuickPick();
    const answered = ask([hdinsight, other]);
    const pick = await asked;
    await until(() => pick.items.length === 2, 'the dialects');
    assert.deepEqual(
      pick.items.map(({ label }) => label),
      ['Azure HDInsight', 'other-v1'],
    );
    assert.equal(pick.activeItems[0]?.label, 'Azure HDInsight');
    pick.value = 'other';
    await until(() => pick.activeItems[0]?.label === 'other-v1', 'the other dialect is active');
    await accept();
    const expected = { dialect: { kind: 'other-v1' }, signIn: { kind: 'none' }, secrets: {} };
    assert.deepEqual(await answered, { ...typed, ...expected });
  });

  it('changes nothing if the dialect stays as it is', async () => {
    const asked = nextQuickPick();
    const answered = ask([hdinsight, other]);
    const pick = await asked;
    await until(() => pick.activeItems.length > 0, 'the dialects');
    await accept();
    assert.deepEqual(await answered, typed);
  });
});

describe('The question for the endpoint', () => {
  const contoso = 'https://contoso-kafkarest.azurehdinsight.net';
  const textOf = (message: vscode.InputBox['validationMessage']) =>
    typeof message === 'object' ? message.message : (message ?? '');

  it('takes what leads to the REST proxy, and says what is wrong with other texts', async () => {
    const { endpoint, running } = await beginAdding();
    for (const [text, message] of [
      ['wn0-fabrik.abc.bx.internal.cloudapp.net', /^This is a node of the cluster\. Enter /],
      ['broker:9092', /^This is an address of Kafka’s own protocol\. Enter /],
      ['https://user:secret@kafka.example.com', /^The address must not contain a user name/],
    ] as const) {
      endpoint.value = text;
      await accept();
      await until(() => message.test(textOf(endpoint.validationMessage)), text);
    }
    const signIn = nextQuickPick();
    endpoint.value = 'https://contoso.azurehdinsight.net/#/main/services/KAFKA';
    await accept();
    const pick = await signIn;
    await until(() => pick.activeItems.length > 0, 'the ways of signing in');
    const third = nextInputBox();
    await vscode.commands.executeCommand('workbench.action.quickInputBack');
    const again = await third;
    assert.equal(again.value, contoso);
    again.hide();
    assert.deepEqual(await running, []);
  });
});

describe('A failure of a REST proxy', () => {
  it('is explained in the words of its dialect, and otherwise in general ones', () => {
    for (const [kind, advice, general] of [
      [
        'not-found',
        'Something that was just created can take half a minute to show up',
        'Check its name, and whether it still exists',
      ],
      [
        'unavailable',
        'Try again; if that does not help, look at the cluster’s health in the Azure portal',
        'Try again; if that does not help, ask whoever runs the server',
      ],
    ] as const) {
      const facts = { status: 403, host: 'a.example', signIn: 'clientSecret' };
      const inDialect = new KafkaError(kind, { ...facts, dialect: 'hdinsight-v1' });
      assert.equal(explain(inDialect).advice, advice);
      assert.equal(explain(new KafkaError(kind, facts)).advice, general);
    }
  });

  it('is explained by the way of signing in first, since only an application is in a group', () => {
    const advice = (signIn: string) =>
      explain(new KafkaError('forbidden', { status: 403, signIn, dialect: 'hdinsight-v1' })).advice;
    assert.match(advice('clientSecret'), /^Add the application to the security group/);
    assert.equal(advice('basic'), 'Ask whoever runs the cluster for the permission');
    assert.equal(advice('none'), 'Ask whoever runs the cluster for the permission');
  });

  it('is explained by the way of signing in if the dialect has nothing to say', () => {
    const facts = { host: 'a.example', signIn: 'basic', dialect: 'hdinsight-v1' };
    assert.equal(
      explain(new KafkaError('unauthorized', facts)).reason,
      'user name and password are not accepted by a.example',
    );
  });
});
