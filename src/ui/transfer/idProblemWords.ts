import * as vscode from 'vscode';
import { inWords } from '../../l10n/inWords';
import type { IdProblem } from '../../transfer/schemaIds/problem';
import { clause } from '../words/sentences';

/** Says why a message is not copied with the id that its schema has elsewhere, and what to do. */
export function describeIdProblem(problem: IdProblem, from: string, to: string): string {
  const t = vscode.l10n.t;
  switch (problem.kind) {
    case 'unknown':
      return t('the schema registry of {0} has no schema with {1}', from, problem.names);
    case 'foreign':
      return t(
        'its schema is {0}, which cannot be looked up. Copy with the ids as they are',
        problem.names,
      );
    case 'unusable':
      return t('its schema cannot be read ({0})', inWords(problem.detail));
    case 'not-registered':
      return t('the schema {0} is not registered on {1}', problem.subject, to);
    case 'refused':
      return problem.detail === ''
        ? t('the schema registry of {1} refused the schema of {0}', problem.subject, to)
        : t(
            'the schema registry of {1} refused the schema of {0}: {2}',
            problem.subject,
            to,
            clause(problem.detail),
          );
    case 'no-id':
      return t('the schema registry of {0} gives {1} no GUID', to, problem.subject);
  }
}
