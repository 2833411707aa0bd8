import type { Say } from '../../src/viewer/filter/describe';
import { strings } from '../../src/viewer/strings';

/** The texts of the viewer in English. */
export const say: Say = (key, ...values) =>
  strings[key].replace(/\{(\d)\}/g, (hole, index: string) => values[Number(index)] ?? hole);
