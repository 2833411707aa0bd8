import assert from 'node:assert/strict';
import {
  type ColumnLayout,
  defaultColumns,
  infoOf,
  moved,
  offeredColumns,
  withField,
  without,
} from '../../../src/viewer/columns';

const all = { headers: false };

function names(layout: ColumnLayout): string {
  return offeredColumns(all, layout).join(' ');
}

describe('The columns of the viewer', () => {
  it('have those of fields before the value', () => {
    const layout = withField(withField(defaultColumns, 'value$.id'), 'key$.id');
    const expected = 'partition offset timestamp key value$.id key$.id value size';
    assert.equal(names(layout), expected);
    assert.equal(names(withField(layout, 'value$.id')), expected);
    assert.equal(names(without(layout, 'value$.id')).includes('value$.id'), false);
  });

  it('can be moved, and one that comes later finds its place', () => {
    const offered = offeredColumns(all, defaultColumns);
    const first = moved(defaultColumns, offered, 'value', 'partition');
    assert.equal(names(first), 'value partition offset timestamp key size');
    assert.equal(
      names(withField(first, 'value$.id')),
      'value partition offset timestamp key value$.id size',
    );
    assert.equal(
      names(moved(first, offered, 'partition', undefined)).endsWith('size partition'),
      true,
    );
    assert.equal(
      offeredColumns({ headers: true }, first).join(' '),
      'value partition offset timestamp key size headers',
    );
  });

  it('are shown again when they are added again', () => {
    const hidden: ColumnLayout = { hidden: ['value$.id'], widths: {}, fields: ['value$.id'] };
    assert.deepEqual(withField(hidden, 'value$.id').hidden, []);
  });

  it('begin about as wide as what stands above them', () => {
    const widths = ['value$.id', 'value$.customer.name', `value$.${'deep.'.repeat(20)}id`] as const;
    assert.deepEqual(
      widths.map((column) => infoOf(column).width),
      [150, 152, 260],
    );
  });
});
