/** What the wording of src/ui needs of VS Code, in plain Node: its English texts. */

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

/* What is made when src/ui is loaded, and looked at by nobody. */
export const TreeItemCollapsibleState = {};
export { CancellationError as ThemeColor, CancellationError as ThemeIcon };
