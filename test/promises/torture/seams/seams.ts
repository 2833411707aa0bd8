import { seamOfFiles } from './files';
import { seamOfHttp } from './http';
import { seamOfPrograms } from './programs';
import { seamOfTimers } from './timers';
import { seamOfVirtualFiles } from './virtualFiles';

/**
 * Comes between the product and what may fail, in this process; returns what ends that. What is handed
 * to the product, such as the secret storage, comes in between by itself.
 */
export function openSeams(): () => void {
  const undo = [
    ...[seamOfFiles(), seamOfHttp(), seamOfTimers(), seamOfVirtualFiles()],
    seamOfPrograms(),
  ];
  return () => {
    for (const each of undo) each();
  };
}
