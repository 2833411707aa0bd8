import assert from 'node:assert/strict';
import { findAzureCli } from '../../../../src/auth/azureCli/program';

describe('the Azure CLI is found', () => {
  const find = (path: string, platform: NodeJS.Platform, searchPath: string, files: string[]) =>
    findAzureCli(path, {
      platform,
      searchPath,
      isProgram: (file) => Promise.resolve(files.includes(file)),
    });

  it('in the first folder of the search path that has it', async () => {
    const files = ['/usr/local/bin/az', '/usr/bin/az'];
    assert.deepEqual(await find('', 'linux', '/opt/x:/usr/local/bin:/usr/bin', files), {
      file: '/usr/local/bin/az',
      args: [],
    });
    assert.equal(await find('', 'linux', '/opt/x', files), undefined);
    assert.equal(await find('', 'darwin', '', files), undefined);
  });

  it('where the setting says, and nowhere else then', async () => {
    const files = ['/opt/az', '/usr/bin/az'];
    assert.equal((await find('/opt/az', 'linux', '/usr/bin', files))?.file, '/opt/az');
    assert.equal(await find('/opt/other', 'linux', '/usr/bin', files), undefined);
  });

  it('never in the current folder, which a workspace may have filled', async () => {
    assert.equal(await find('', 'linux', '.::bin', ['az', 'bin/az', './az']), undefined);
    assert.equal(await find('az', 'linux', '/usr/bin', ['az', '/usr/bin/az']), undefined);
    assert.equal(await find('', 'win32', '.;', ['az.cmd', '.\\az.cmd', 'python.exe']), undefined);
  });

  it('on Windows as the Python of the installer or of pip, because a batch file needs a shell', async () => {
    const folder = 'C:\\Program Files\\Microsoft SDKs\\Azure\\CLI2';
    const installed = [`${folder}\\wbin\\az.cmd`, `${folder}\\python.exe`];
    const python = { file: `${folder}\\python.exe`, args: ['-IBm', 'azure.cli'] };
    assert.deepEqual(await find('', 'win32', `C:\\x;"${folder}\\wbin"`, installed), python);
    assert.deepEqual(await find(`${folder}\\wbin\\az.cmd`, 'win32', '', installed), python);
    const scripts = ['D:\\venv\\Scripts\\az.bat', 'D:\\venv\\Scripts\\python.exe'];
    assert.deepEqual(await find('', 'win32', 'D:\\venv\\Scripts', scripts), {
      file: 'D:\\venv\\Scripts\\python.exe',
      args: ['-IBm', 'azure.cli'],
    });
  });

  it('on Windows as a program of its own, and not as a batch file without its Python', async () => {
    const files = ['D:\\a\\az.cmd', 'D:\\b\\az.exe'];
    assert.deepEqual(await find('', 'win32', 'D:\\a;D:\\b', files), {
      file: 'D:\\b\\az.exe',
      args: [],
    });
    assert.equal(await find('', 'win32', 'D:\\a', files), undefined);
  });
});
