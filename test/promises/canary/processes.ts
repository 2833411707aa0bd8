import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface Content {
  readonly place: string;
  readonly content: string | Buffer;
}

/**
 * The arguments of all processes and, where the system tells, their environments: those of others
 * may be closed to us.
 */
export function processes(): Content[] {
  if (process.platform === 'linux') return fromProc();
  const [command = '', ...args] =
    process.platform === 'win32'
      ? ['powershell', '-NoProfile', '-Command', '(Get-CimInstance Win32_Process).CommandLine']
      : ['ps', '-axwwE', '-o', 'command='];
  return [{ place: command, content: execFileSync(command, args, { maxBuffer: 2 ** 28 }) }];
}

function fromProc(): Content[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((id) =>
      ['cmdline', 'environ'].flatMap((part) => {
        const place = `/proc/${id}/${part}`;
        try {
          return [{ place, content: readFileSync(place) }];
        } catch {
          // It has ended, or belongs to somebody else.
          return [];
        }
      }),
    );
}
