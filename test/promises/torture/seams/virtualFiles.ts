import { workspace } from '../../faults/vscode';
import { meet } from '../calls';
import { type AnyFunction, replaceAll } from './replace';

/** Lets the file system of a virtual workspace fail, as when it is not reached; returns what ends that. */
export function seamOfVirtualFiles(): () => void {
  const names = Object.keys(workspace.fs);
  return replaceAll(workspace.fs, Object.fromEntries(names.map((name) => [name, failing(name)])));
}

const failing =
  (name: string) =>
  (real: AnyFunction): AnyFunction =>
    function (...given) {
      if (meet('virtual file', name, ['unavailable'])) {
        const error = new Error('Unavailable (FileSystemError): the workspace is not reached');
        return Promise.reject(Object.assign(error, { code: 'Unavailable' }));
      }
      return real.apply(this, given);
    };
