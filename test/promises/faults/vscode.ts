/** What src/ui needs of VS Code in plain Node: its English texts, and its accounts. */

export const l10n = {
  t: (text: string, ...values: unknown[]): string =>
    text.replace(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)])),
};

export const env = { language: 'en' };

export class CancellationError extends Error {
  override readonly name = 'Canceled';
}

/** The messages that were shown, the last one last. */
export const shown: string[] = [];

export const window = {
  showErrorMessage: (message: string): Promise<undefined> => {
    shown.push(message);
    return Promise.resolve(undefined);
  },
};

export const workspace = {
  isTrusted: true,
  getConfiguration: () => ({ get: () => undefined }),
};

/** The accounts with which people are signed in, by the client IDs that ask for their tokens. */
export const accounts = new Map<string, () => Promise<{ accessToken: string } | undefined>>();

export const authentication = {
  getSession: (
    _: string,
    scopes: readonly string[],
  ): Promise<{ accessToken: string } | undefined> => {
    const [, id = ''] = /VSCODE_CLIENT_ID:(\S+)/.exec(scopes.join(' ')) ?? [];
    return accounts.get(id)?.() ?? Promise.resolve(undefined);
  },
};

/* What is made when src/ui is loaded, and looked at by nobody. */
export const TreeItemCollapsibleState = {};
export { CancellationError as ThemeColor, CancellationError as ThemeIcon };
