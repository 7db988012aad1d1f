import type { OwnCommands } from '../operator/run-operator.ts';
import type { Reconciler } from './reconciler.ts';

/** What a person may tell a running follower beside what any run is told. */
export function commandsOf(reconciler: Pick<Reconciler, 'reconcile' | 'correct'>): OwnCommands {
  return ({ command, values }) => {
    switch (command) {
      case 'follow-reconcile':
        return reconciler.reconcile().then(() => 'Held against the sources.');
      case 'follow-correct':
        return reconciler.correct(values['strategy'] ?? null, values['yes'] === 'yes');
      default:
        return null;
    }
  };
}
