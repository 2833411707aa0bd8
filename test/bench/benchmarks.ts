import type { Benchmark } from './benchmark';
import { benchBulkProduce } from './bulkProduce';
import { benchDocument } from './document';
import { benchExport } from './export';
import { benchFilter } from './filter';
import { benchLanguage } from './language';
import { benchLargeValues, benchRead } from './read';

/** Each is measured in a process of its own, so that none is in the memory of another. */
export const measured: Readonly<Record<string, Benchmark>> = {
  'read-0ms': benchRead(0),
  'read-20ms': benchRead(20),
  'read-100ms': benchRead(100),
  large: benchLargeValues,
  document: benchDocument,
  export: benchExport,
  produce: benchBulkProduce,
  filter: benchFilter,
  language: benchLanguage,
};
