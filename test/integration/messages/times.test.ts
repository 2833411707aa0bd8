import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  accept,
  choose,
  closeEditors,
  connect,
  nextInputBox,
  nextQuickPick,
  openUntitled,
  run,
  set,
  type Started,
  until,
} from '../support';

type Pick = vscode.QuickPick<vscode.QuickPickItem>;

const start = Date.parse('2026-11-22T14:00:00Z');
const minute = 60_000;

describe('Messages by time', () => {
  let emulator: Started;

  before(async () => {
    await set('time.zone', 'utc');
    emulator = await connect('contoso', { samples: false }, (emulator) => {
      // A message a minute, in two partitions in turn.
      emulator.createTopic({ name: 'timed', partitions: 2 });
      emulator.append(
        'timed',
        Array.from({ length: 10 }, (_, minutes) => ({
          partition: minutes % 2,
          value: String(minutes),
          timestamp: start + minutes * minute,
        })),
      );
    });
  });

  afterEach(closeEditors);

  after(async () => {
    await set('time.zone', undefined);
    await emulator.stop();
  });

  const given = { cluster: 'contoso', topic: 'timed', partitions: 'all' };

  function shown(): { readonly name: string; readonly values: unknown[] } {
    const document = vscode.window.activeTextEditor?.document;
    const messages = JSON.parse(document?.getText() ?? '[]') as { readonly value: unknown }[];
    return {
      name: document?.uri.path.split('/').at(-1) ?? '',
      values: messages.map(({ value }) => value),
    };
  }

  it('come from a date on, so many at most, and more of them on demand', async () => {
    await run('consume', { ...given, start: 'time', time: '2026-11-22 14:05', count: 3 });
    assert.deepEqual(shown(), {
      name: 'timed@since-2026-11-22T14-05-00Z-first-3.json',
      values: [5, 6, 7],
    });
    await run('consumeMore');
    await until(() => shown().values.length === 5, 'the last two messages');
    assert.deepEqual(shown().values, [5, 6, 7, 8, 9]);
  });

  it('come from a span of time, whose end is not included', async () => {
    const span = { start: 'span', time: '2026-11-22 14:02', untilTime: '14:05' };
    const said = await run('consume', { ...given, ...span });
    assert.deepEqual(shown(), {
      name: 'timed@2026-11-22T14-02-00Z..2026-11-22T14-05-00Z.json',
      values: [2, 3, 4],
    });
    assert.deepEqual(said, [
      'Read 3 messages of timed on contoso: offsets 1 to 2 of partition 0, offset 1 of partition 1. ' +
        'Looked for timestamps at most 60 s out of order (kafkaRest.time.margin): ' +
        'offsets 1 to 2 of partition 0, offsets 0 to 2 of partition 1.',
    ]);
    const more = await run('consumeMore');
    assert.deepEqual(shown().values, [2, 3, 4]);
    assert.match(more[0] ?? '', /^No newer messages in timed on contoso\./);
  });

  it('come from a span in one text, and from epoch milliseconds', async () => {
    await run('consume', { ...given, start: 'span', time: '2026-11-22 14:07 to 14:09' });
    assert.deepEqual(shown().values, [7, 8]);
    await closeEditors();
    const [time, untilTime] = [start + 2 * minute, start + 5 * minute];
    await run('consume', { ...given, start: 'span', time, untilTime, partitions: [0] });
    assert.deepEqual(shown().values, [2, 4]);
  });

  it('tell of the nearest ones where there are none', async () => {
    const span = { start: 'span', time: '2026-11-20' };
    const [said = ''] = await run('consume', { ...given, ...span });
    assert.equal(shown().name, '');
    assert.match(
      said,
      /^No messages in timed on contoso \(from 2026-11-20 .* to 2026-11-21 .*\)\. Looked for .*: there are none\. /,
    );
    assert.match(said, /The oldest message after that time is from 2026-11-22 14:00:00Z\.$/);
  });

  it('need an end after the beginning', async () => {
    const span = { start: 'span', time: '2026-11-22 14:02', untilTime: '2026-11-22 14:01' };
    const [said = ''] = await run('consume', { ...given, ...span });
    assert.match(said, /^Could not consume messages: this is not a span of time\. Give two times /);
  });

  it('come from the block of a .kafka file', async () => {
    const editor = await openUntitled(
      'kafka',
      '-- @cluster: contoso\nCONSUMER\ntopic: timed\nfrom: 2026-11-22 14:03\nto: 14:06\n',
    );
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    await run('runBlock');
    assert.deepEqual(shown().values, [3, 4, 5]);
  });

  /** Opens the question for times from the page, and returns it with the command. */
  async function whenQuestion(): Promise<{ running: Promise<unknown>; when: Pick }> {
    const first = nextQuickPick();
    const running = run('consume', { cluster: 'contoso', topic: 'timed' });
    const page = await first;
    const second = nextQuickPick();
    await choose(page, 'Which messages');
    const range = await second;
    const third = nextQuickPick();
    await choose(range, 'By time…');
    return { running, when: await third };
  }

  it('are asked for, with a preview of what is understood', async () => {
    const { running, when } = await whenQuestion();
    await until(() => when.items.length === 5, 'the spans to choose from');
    when.value = '14h';
    await until(() => when.items.length === 6, 'what was typed');
    assert.equal(
      when.items.at(-1)?.description,
      'This is a length of time. Write 14:00, 14 hours ago or last 14 hours.',
    );
    when.value = '22.11.2026 14:01-14:03';
    await until(() => when.items.at(-1)?.label === when.value, 'the span that was typed');
    const span = '2026-11-22 14:01:00Z to 2026-11-22 14:03:00Z';
    assert.equal(when.items.at(-1)?.description, span);
    await until(() => when.activeItems[0]?.label === when.value, 'it is the active one');
    const again = nextQuickPick();
    await accept();
    await choose(await again, `Open messages from ${span} of timed`);
    await running;
    assert.deepEqual(shown().values, [1, 2]);
  });

  it('may be one time to begin at, in the same question', async () => {
    const { running, when } = await whenQuestion();
    when.value = '2026-11-22 14:08';
    const since = 'since 2026-11-22 14:08:00Z';
    await until(() => when.activeItems[0]?.description === since, 'the time that was typed');
    const again = nextQuickPick();
    await accept();
    await choose(await again, 'Open the first 100 messages since 2026-11-22 14:08:00Z of timed');
    await running;
    assert.deepEqual(shown().values, [8, 9]);
  });

  it('are asked for by the two ends of a span, the second on the day of the first', async () => {
    const { running, when } = await whenQuestion();
    const second = nextInputBox();
    await choose(when, 'From … to …');
    const begin = await second;
    const third = nextInputBox();
    begin.value = '2026-11-22 14:01 CET';
    await accept();
    await until(() => begin.validationMessage, 'the beginning is refused');
    assert.equal(
      begin.validationMessage,
      'Names of time zones are not understood. Write the offset from UTC, such as +01:00, or UTC.',
    );
    begin.value = '2026-11-22 14:01';
    await accept();
    const end = await third;
    assert.equal(end.prompt, 'The end, after 2026-11-22 14:01:00Z. Empty: none');
    end.value = '14:01';
    await accept();
    await until(() => end.validationMessage, 'the end is refused');
    assert.equal(end.validationMessage, 'This is not after 2026-11-22 14:01:00Z.');
    end.value = '14:03';
    const again = nextQuickPick();
    await accept();
    await choose(
      await again,
      'Open messages from 2026-11-22 14:01:00Z to 2026-11-22 14:03:00Z of timed',
    );
    await running;
    assert.deepEqual(shown().values, [1, 2]);
  });
});
