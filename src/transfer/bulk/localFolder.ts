import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Folder } from './restFiles';

/** Returns a folder on this computer. */
export function localFolder(path: string): Folder {
  return {
    create: async (name) => {
      const file = await open(join(path, name), 'wx');
      return {
        append: (bytes) => file.appendFile(bytes),
        close: () => file.close(),
      };
    },
    remove: (name) => rm(join(path, name)),
  };
}
