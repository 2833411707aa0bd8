import type { Benchmark } from './benchmark';
import { benchBulkProduce, memoryOfBulkProduce } from './core/bulkProduce';
import { benchDecode } from './core/decode';
import { benchDocument, memoryOfDocument } from './core/document';
import { benchExport, memoryOfExport } from './core/export';
import { benchFilter, memoryOfViewer } from './core/filter';
import { benchGateway } from './core/gateway';
import { benchLanguage } from './core/language';
import { benchInstances } from './core/instances';
import { benchLargeValues, benchRead, memoryOfReading } from './core/read';
import { benchScale, memoryOfFullViewer, memoryOfLargeFile } from './core/scale';

/** Each is measured in a process of its own, so that none is in the memory of another. */
export const measured: Readonly<Record<string, Benchmark>> = {
  'read-0ms': benchRead(0),
  'read-20ms': benchRead(20),
  'read-100ms': benchRead(100),
  instances: benchInstances,
  gateway: benchGateway,
  large: benchLargeValues,
  document: benchDocument,
  export: benchExport,
  produce: benchBulkProduce,
  decode: benchDecode,
  filter: benchFilter,
  language: benchLanguage,
  scale: benchScale,
  'memory-read': memoryOfReading('memory-read', 100_000, 1024),
  'memory-read-more': memoryOfReading('memory-read-more', 400_000, 1024),
  'memory-large': memoryOfReading('memory-large', 16, 5_000_000),
  'memory-document': memoryOfDocument,
  'memory-export': memoryOfExport,
  'memory-produce': memoryOfBulkProduce,
  'memory-file': memoryOfLargeFile,
  'memory-viewer': memoryOfViewer,
  'memory-viewer-full': memoryOfFullViewer,
};
