import { filterWords, type Say } from '../../../src/viewer/filter/filterWords';

/** The words for filters in English. */
export const say: Say = (key, ...values) =>
  filterWords[key].replace(/\{(\d)\}/g, (hole, index: string) => values[Number(index)] ?? hole);
