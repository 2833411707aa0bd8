import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Dialect } from '../../../src/core/dialects/dialect';
import { dialects } from '../../../src/core/dialects/registry';
import { KafkaError } from '../../../src/core/errors';
import {
  choiceQuestion,
  choiceStep,
  dialectQuestion,
} from '../../../src/ui/clusters/manage/choices';
import { askField } from '../../../src/ui/clusters/manage/clusterFields';
import { type Draft, emptyDraft } from '../../../src/ui/clusters/manage/draft';
import { explain } from '../../../src/ui/words/report';
import { evidenceFor, recognise } from '../../../src/ui/clusters/manage/recognise';
import { onlyStep, runWizard } from '../../../src/ui/dialogs/wizard';
import { accept, beginAdding, choose, nextInputBox, nextQuickPick, until } from '../support';

describe('The question for the way to sign in', () => {
  const entra = (name: string) => `Microsoft Entra ID: ${name}`;
  const tables = {
    'hdinsight-v1': [
      '— Usual for Azure HDInsight',
      ...['client secret', 'certificate', 'workload identity', 'managed identity'].map(entra),
      ...['VS Code account', 'Azure CLI'].map(entra),
      '— Other ways',
      'OAuth client credentials',
    ],
    strimzi: [
      '— Usual for Strimzi',
      'No sign-in',
      'User name and password',
      'Client certificate (mutual TLS)',
      'OAuth client credentials',
      'Bearer token',
      '— Other ways',
      entra('client secret'),
    ],
  };

  for (const [kind, expected] of Object.entries(tables)) {
    it(`lists first what fits, with the usual way active: ${kind}`, async () => {
      const { signIn } = dialectQuestion().change(emptyDraft, kind);
      const draft = { ...emptyDraft, dialect: { kind }, ...(signIn && { signIn }) };
      const asked = nextQuickPick();
      const answered = runWizard('Add Cluster', draft, [choiceStep(choiceQuestion('signIn'))]);
      const pick = await asked;
      await until(() => pick.activeItems.length > 0, 'the ways to sign in');
      const labels = pick.items.map(({ kind, label }) =>
        kind === vscode.QuickPickItemKind.Separator ? `— ${label}` : label,
      );
      assert.deepEqual(labels.slice(0, expected.length), expected);
      assert.equal(pick.activeItems[0]?.label, expected[1]);
      for (const { detail = '' } of pick.items) assert.ok(detail.length <= 90, detail);
      await accept();
      assert.deepEqual(await answered, draft);
    });
  }

  it('offers the identities of a computer in words', async () => {
    const draft = { ...emptyDraft, signIn: { kind: 'managedIdentity' } };
    const rules = {
      isTaken: () => false,
      nameFollows: true,
      detect: () => Promise.reject(new Error('nothing is to be detected')),
      keepsSecret: () => false,
      askRegistry: () => Promise.resolve(undefined),
    };
    const asked = nextQuickPick();
    const answered = askField('signIn.identity', draft, rules, onlyStep('Add Cluster'));
    const pick = await asked;
    await until(() => pick.activeItems.length > 0, 'the identities');
    assert.equal(pick.activeItems[0]?.label, 'That of the computer (system-assigned)');
    assert.ok(pick.items.every(({ detail }) => detail));
    await choose(pick, 'User-assigned, by its object ID');
    assert.deepEqual(await answered, {
      signIn: { kind: 'managedIdentity', identity: 'objectId' },
    });
  });
});

describe('The question for the dialect', () => {
  const [hdinsight] = dialects;
  const { capabilities } = hdinsight;
  const other: Dialect = {
    kind: 'other-v1',
    fields: {},
    signIn: 'none',
    signIns: ['none'],
    capabilities,
  };
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
    assert.deepEqual(await answered, { ...typed, ...expected, decidedBy: 'person' });
  });

  it('changes nothing if the dialect stays as it is', async () => {
    const asked = nextQuickPick();
    const answered = ask([hdinsight, other]);
    const pick = await asked;
    await until(() => pick.activeItems.length > 0, 'the dialects');
    await accept();
    assert.deepEqual(await answered, { ...typed, decidedBy: 'person' });
  });

  it('takes what the endpoint tells of the fields of the dialect', () => {
    const draft = {
      ...emptyDraft,
      endpoint: 'https://pkc-1.confluent.cloud/kafka/v3/clusters/lkc-1',
    };
    const { dialect, endpoint, signIn } = dialectQuestion().change(draft, 'confluent');
    assert.deepEqual(dialect, { kind: 'confluent', clusterId: 'lkc-1' });
    assert.equal(endpoint, 'https://pkc-1.confluent.cloud/kafka');
    assert.equal(signIn?.kind, 'basic');
  });

  it('keeps a way of signing in that is not the usual one, and reads the endpoint anew', () => {
    const endpoint = 'https://proxy.example.com/v1/metadata/topics';
    const own: Draft = { ...typed, endpoint, signIn: { kind: 'basic' } };
    const question = dialectQuestion([hdinsight, other]);
    const away = question.change(own, 'other-v1');
    assert.deepEqual(away, { dialect: { kind: 'other-v1' }, decidedBy: 'person', endpoint });
    const back = question.change({ ...own, ...away }, hdinsight.kind);
    assert.equal(back.endpoint, 'https://proxy.example.com');
    assert.equal(back.signIn, undefined);
  });
});

describe('What is recognised at the endpoint', () => {
  const draft: Draft = { ...emptyDraft, endpoint: 'https://proxy.example.com' };
  const [{ kind }] = dialects;
  const found = { kind, by: 'response', version: '1.1.0' } as const;

  it('is taken where the person has not chosen, and is shown', async () => {
    const change = await recognise(draft, () => Promise.resolve(found), onlyStep('Add Cluster'));
    assert.deepEqual(change, { decidedBy: found, silence: undefined });
    const sentence = evidenceFor({ ...draft, decidedBy: found });
    assert.equal(sentence, 'recognised, version 1.1.0');
    assert.equal(evidenceFor({ ...draft, decidedBy: 'person' }), undefined);
    const other = { ...draft, dialect: { kind: 'other-v1' }, decidedBy: found };
    assert.equal(evidenceFor(other), undefined);
  });

  it('changes nothing if it is nothing, or a kind that this version does not have', async () => {
    for (const result of [undefined, { kind: 'of-a-later-version', by: 'response' } as const]) {
      const change = await recognise(draft, () => Promise.resolve(result), onlyStep('Add Cluster'));
      assert.deepEqual(change, { silence: undefined });
    }
  });

  it('leaves the dialect open if nothing answers, and says why', async () => {
    const silence = new KafkaError('connection', { host: 'proxy.example.com' });
    const detect = () => Promise.reject(silence);
    const change = await recognise(draft, detect, onlyStep('Add Cluster'));
    assert.deepEqual(change, { silence });
  });

  it('is asked about where the person has chosen another kind', async () => {
    const chosen: Draft = { ...draft, dialect: { kind: 'other-v1' }, decidedBy: 'person' };
    for (const [label, expected] of [
      ['Use Azure HDInsight', found],
      ['Keep other-v1', undefined],
    ] as const) {
      const asked = nextQuickPick();
      const answered = recognise(chosen, () => Promise.resolve(found), onlyStep('Add Cluster'));
      const pick = await asked;
      assert.equal(pick.placeholder, 'proxy.example.com answers as another kind of REST proxy');
      await choose(pick, label);
      const change = await answered;
      assert.ok(typeof change === 'object');
      assert.equal(change.decidedBy, expected);
    }
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
