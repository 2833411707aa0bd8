import * as vscode from 'vscode';
import { type Ability, type Asked, inabilityOf } from '../../core/cluster/abilities';
import { UserError } from '../words/report';
import { refuseReadOnly } from './guard';

/** Throws a `UserError` that says why if the cluster does not offer the ability. */
export function refuseUnable(asked: Asked, ability: Ability): void {
  const { definition } = asked;
  const inability = inabilityOf(asked, ability);
  if (inability === 'unsupported') {
    throw new UserError(
      unsupported(definition.name, ability),
      vscode.l10n.t('Choose another cluster'),
    );
  }
  if (inability === 'read-only') refuseReadOnly(definition);
}

/** Returns a clause for a failure: "The REST proxy of dev cannot create topics". */
export function unsupported(cluster: string, ability: Ability): string {
  const t = vscode.l10n.t;
  switch (ability) {
    case 'read':
      return t('the REST proxy of {0} cannot read messages', cluster);
    case 'produce':
      return t('the REST proxy of {0} cannot produce messages', cluster);
    case 'createTopic':
      return t('the REST proxy of {0} cannot create topics', cluster);
    case 'deleteTopic':
      return t('the REST proxy of {0} cannot delete topics', cluster);
    case 'alterTopic':
      return t('the REST proxy of {0} cannot change the configuration of topics', cluster);
    case 'addPartitions':
      return t('the REST proxy of {0} cannot add partitions', cluster);
  }
}
