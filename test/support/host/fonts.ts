import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { run } from './processes';

/**
 * Returns whether the browser can draw Chinese. If it cannot, root on Debian or Ubuntu gets a font
 * installed, if it can be reached.
 */
export async function canDrawChinese(
  log: (line: string) => void = console.error,
): Promise<boolean> {
  // macOS and Windows come with such fonts.
  if (process.platform !== 'linux' || hasFont()) return true;
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    log('Installing a Chinese font with apt ...');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const font = 'fonts-wqy-microhei';
    await run('apt-get', ['update', '-qq'], { env })
      .then(() => run('apt-get', ['install', '-y', '-qq', font], { env }))
      .catch((error: unknown) => {
        log(error instanceof Error ? error.message : String(error));
      });
  }
  return hasFont();
}

function hasFont(): boolean {
  const { stdout } = spawnSync('fc-list', [':lang=zh-cn', 'family'], { encoding: 'utf8' });
  return typeof stdout === 'string' && stdout.trim() !== '';
}
