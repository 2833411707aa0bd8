import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Folder } from './restFiles';

/** Returns a folder on this computer. */
export function localFolder(path: string): Folder {
  return {
    create: async (name) => {
      const file = await open(join(path, name), 'ax');
      let length = 0;
      return {
        append: async (bytes) => {
          try {
            await file.appendFile(bytes);
            length += bytes.length;
          } catch (error) {
            // Half of a message looks like another one.
            await file.truncate(length).catch(() => undefined);
            throw error;
          }
        },
        close: () => file.close(),
      };
    },
    remove: (name) => rm(join(path, name)),
  };
}
