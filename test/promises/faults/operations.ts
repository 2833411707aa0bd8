import { create, describe, list } from './operations/metadata';
import type { Operation } from './operations/operation';
import { bulk, produce } from './operations/produce';
import { exported, followed, read } from './operations/read';

export const operations: readonly Operation[] = [
  list,
  describe,
  create,
  produce,
  bulk,
  read,
  followed,
  exported,
];
