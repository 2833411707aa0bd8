import * as vscode from 'vscode';
import type { LostReason } from '../../decoding/worker';
import { UserError } from '../words/report';

/** Says why nothing can be decoded, or a text not be encoded. */
export function lostWorker(why: LostReason): UserError {
  const t = vscode.l10n.t;
  switch (why) {
    case 'not-started':
      return new UserError(
        t('the decoder does not start; reload the window'),
        t('If that does not help, close other programs, which need memory too'),
      );
    case 'held-up':
      return new UserError(
        t('encoding takes too long'),
        t('Make the text smaller, or its schema simpler'),
      );
    case 'ended':
      return new UserError(
        t('encoding needs too much memory'),
        t('Make the text smaller, or its schema simpler'),
      );
  }
}
