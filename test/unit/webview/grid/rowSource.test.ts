import assert from 'node:assert/strict';
import type { Row, ToHost } from '../../../../src/viewer/protocol';
import {
  type Anchor,
  type RowMove,
  RowSource,
  type RowView,
} from '../../../../src/webview/grid/rowSource';

function row(sequence: number): Row {
  const offset = String(sequence);
  const cells = {
    timestamp: null,
    key: null,
    value: null,
    size: 0,
    headers: null,
    keyNote: null,
    valueNote: null,
    fields: {},
  };
  return { sequence, partition: 0, offset, ...cells };
}

/** A source of rows, the view of it, and a host whose answers can be held back. */
class Scene implements RowView {
  staysAtEnd = false;
  anchor: Anchor | undefined;
  page = 20;
  readonly moves: RowMove[] = [];
  readonly asked: ToHost[] = [];
  readonly source = new RowSource((message) => this.asked.push(message), this);
  /** What the host has: a version, and the sequences of its rows. */
  version = 0;
  table: readonly number[] = [];

  show(move: RowMove): void {
    this.moves.push(move);
  }

  /** The host shows other rows, and says so. */
  tell(version: number, table: readonly number[]): void {
    this.version = version;
    this.table = table;
    this.source.update(version, table.length);
  }

  /** The host answers what it was asked so far, and what it is asked because of that. */
  answer(): void {
    for (let next = this.asked.shift(); next; next = this.asked.shift()) {
      if (next.type === 'rows') {
        const { start, end } = next;
        const rows = this.table.slice(start, end).map(row);
        this.source.take({ type: 'rows', version: this.version, start, rows });
      } else if (next.type === 'locate') {
        const at = this.table.indexOf(next.sequence);
        const { sequence } = next;
        this.source.take({ type: 'located', sequence, row: at < 0 ? null : at });
      }
    }
  }
}

function numbers(length: number, first = 0): readonly number[] {
  return Array.from({ length }, (_, index) => first + index);
}

describe('the source of rows', () => {
  it('asks for whole blocks, once each', () => {
    const scene = new Scene();
    scene.tell(1, numbers(1000));
    assert.deepEqual(scene.asked, [{ type: 'rows', start: 0, end: 100 }]);
    scene.answer();
    scene.source.want(150, 320);
    assert.deepEqual(scene.asked, [{ type: 'rows', start: 100, end: 400 }]);
    scene.answer();
    scene.source.want(120, 399);
    assert.deepEqual(scene.asked, []);
    assert.equal(scene.source.get(399)?.sequence, 399);
  });

  it('asks for nothing that was only passed while an answer was on its way', () => {
    const scene = new Scene();
    scene.tell(1, numbers(1_000_000));
    scene.answer();
    for (let at = 1000; at <= 900_000; at += 1000) scene.source.want(at, at + 20);
    assert.equal(scene.asked.length, 1);
    scene.answer();
    assert.equal(scene.source.get(900_000)?.sequence, 900_000);
    assert.equal(scene.source.get(500_000), undefined);
  });

  it('shows the old rows until the new ones are here', () => {
    const scene = new Scene();
    scene.tell(1, numbers(1000));
    scene.answer();
    scene.tell(2, numbers(500, 7000));
    assert.equal(scene.source.get(0)?.sequence, 0);
    assert.equal(scene.source.count, 1000);
    scene.answer();
    assert.equal(scene.source.get(0)?.sequence, 7000);
    assert.equal(scene.source.count, 500);
  });

  it('tells where the anchor has gone, even when rows move on between two answers', () => {
    const scene = new Scene();
    scene.tell(1, numbers(1000));
    scene.answer();
    scene.anchor = { sequence: 300, row: 300 };
    scene.tell(2, numbers(1000, 100));
    const [locate] = scene.asked.splice(0);
    assert.deepEqual(locate, { type: 'locate', sequence: 300 });
    scene.source.take({ type: 'located', sequence: 300, row: 200 });
    // The host is at version 3 when it answers, and has said nothing of it.
    scene.version = 3;
    scene.table = numbers(1000, 150);
    scene.answer();
    assert.deepEqual(scene.moves.at(-1), {
      to: 'row',
      anchor: { sequence: 300, row: 300 },
      row: 150,
    });
    assert.equal(scene.source.version, 3);
  });

  for (const waits of ['located', 'rows'] as const) {
    it(`keeps the row to which one goes while it waits for ${waits}`, () => {
      const scene = new Scene();
      scene.tell(1, numbers(1000, 500));
      scene.answer();
      scene.anchor = { sequence: 800, row: 300, isCurrent: true };
      scene.tell(2, numbers(1500));
      if (waits === 'rows') {
        scene.asked.length = 0;
        scene.source.take({ type: 'located', sequence: 800, row: 800 });
      }
      scene.anchor = { sequence: 500, row: 0, isCurrent: true };
      scene.answer();
      assert.deepEqual(scene.moves.slice(1), [{ to: 'row', anchor: scene.anchor, row: 500 }]);
    });
  }

  it('gets on though versions come faster than answers', () => {
    const scene = new Scene();
    scene.tell(1, numbers(1000));
    scene.answer();
    scene.anchor = { sequence: 500, row: 500 };
    for (let version = 2; version < 20; version++) scene.tell(version, numbers(1000, version * 10));
    assert.equal(scene.asked.length, 1);
    scene.answer();
    assert.equal(scene.source.version, 19);
    assert.equal(scene.moves.filter(({ to }) => to === 'row').length, 1);
  });

  it('follows the end', () => {
    const scene = new Scene();
    scene.staysAtEnd = true;
    scene.tell(1, numbers(1000));
    scene.answer();
    scene.tell(1, numbers(1050));
    assert.deepEqual(scene.asked, [{ type: 'rows', start: 1000, end: 1050 }]);
    assert.equal(scene.source.count, 1000);
    scene.answer();
    assert.equal(scene.source.count, 1050);
    assert.deepEqual(scene.moves.at(-1), { to: 'end' });
  });

  it('does not ask again and again for what has left the memory', () => {
    const scene = new Scene();
    scene.tell(1, numbers(300));
    scene.answer();
    scene.table = numbers(150);
    scene.source.want(140, 180);
    scene.answer();
    scene.source.want(140, 180);
    assert.deepEqual(scene.asked, []);
    scene.tell(1, numbers(200));
    assert.deepEqual(scene.asked, [{ type: 'rows', start: 100, end: 200 }]);
  });

  it('collects a range, and forgets it when the version changes', () => {
    const scene = new Scene();
    scene.tell(1, numbers(1000));
    scene.answer();
    let collected: readonly Row[] = [];
    scene.source.collect({ start: 50, end: 650 }, (rows) => (collected = rows));
    scene.answer();
    assert.deepEqual(
      collected.map(({ sequence }) => sequence),
      numbers(600, 50),
    );
    collected = [];
    scene.source.collect({ start: 600, end: 900 }, (rows) => (collected = rows));
    scene.asked.length = 0;
    scene.tell(2, numbers(1000));
    scene.answer();
    scene.source.want(600, 900);
    scene.answer();
    assert.deepEqual(collected, []);
  });
});
