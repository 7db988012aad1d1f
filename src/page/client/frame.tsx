import { useEffect, useState } from 'preact/hooks';
import type { PageState } from './state/page-state.ts';
import { isStale } from './state/page-state.ts';
import type { Store } from './state/store.ts';
import { Alerts } from './views/alerts.tsx';
import { AskedDialog } from './views/dialogs.tsx';
import type { Asked } from './views/view-props.ts';
import { Head } from './views/head.tsx';
import { Health } from './views/health.tsx';
import { LogView } from './views/log.tsx';
import { Orders } from './views/orders.tsx';
import { Overview } from './views/overview.tsx';
import { Risk } from './views/risk.tsx';
import { Signals } from './views/signals.tsx';
import { Tasks } from './views/tasks.tsx';
import { t } from './words.ts';

const VIEWS = {
  overview: Overview,
  signals: Signals,
  orders: Orders,
  tasks: Tasks,
  risk: Risk,
  log: LogView,
  health: Health,
} as const;
export type ViewName = keyof typeof VIEWS;

export interface FrameProps {
  readonly state: PageState;
  readonly store: Store;
  readonly redraw: () => void;
}

/** Everything around the views: what stands above them on each, and the dialogs. */
export function Frame({ state, store, redraw }: FrameProps) {
  const { question, ask, close } = useQuestion();
  const view = useView();
  const { doc, instance } = state;
  const View = VIEWS[view];
  useEffect(() => {
    document.title = doc === null ? t('title') : `${doc.name} · ${t(`nav.${view}`)} · bt`;
  }, [doc?.name, view]);
  return (
    <>
      <Head state={state} store={store} redraw={redraw} onAsk={ask}>
        <a class="skip" href={`#/${view}`} onClick={() => document.querySelector('main')?.focus()}>
          {t('skip')}
        </a>
      </Head>
      <Nav view={view} doc={doc} />
      <main tabIndex={-1} class={isStale(state) ? 'stale' : ''}>
        <h1 class="hidden">{t(`nav.${view}`)}</h1>
        <Alerts state={state} onAsk={ask} />
        {doc === null ? (
          <p class="empty">{t(instance === null ? 'none' : 'starting')}</p>
        ) : (
          <View state={state} doc={doc} onAsk={ask} />
        )}
      </main>
      {question !== null && instance !== null && (
        <AskedDialog
          key={question.nth}
          asked={question.asked}
          instance={instance}
          name={doc?.name ?? instance}
          onClose={close}
        />
      )}
    </>
  );
}

interface Question {
  readonly asked: Asked;
  /** Tells it from the one whose dialog is still closing. */
  readonly nth: number;
}

/**
 * What is asked now. Each question is a dialog of its own: a dialog's end is told a turn later, in which the next may have
 * been asked for already. That one has to open, and the end of the one before must not close it.
 */
function useQuestion() {
  const [question, setQuestion] = useState<Question | null>(null);
  return {
    question,
    ask: (asked: Asked): void => setQuestion((before) => ({ asked, nth: (before?.nth ?? 0) + 1 })),
    close: (): void => setQuestion((current) => (current?.nth === question?.nth ? null : current)),
  };
}

/** A follower has signals and no tasks, a strategy's run the other way round; before it is known which it is, neither is shown. */
function isOffered(name: ViewName, doc: PageState['doc']): boolean {
  if (name !== 'tasks' && name !== 'signals') return true;
  return doc !== null && name === (doc.follows ? 'signals' : 'tasks');
}

function Nav({ view, doc }: { readonly view: ViewName; readonly doc: PageState['doc'] }) {
  const marks: Partial<Record<ViewName, number>> = {
    orders: doc?.unknowns.length ?? 0,
    risk: doc?.risk.stops.length ?? 0,
    signals: doc?.deviations.filter(({ why }) => why !== null).length ?? 0,
  };
  return (
    <nav aria-label={t('nav.label')}>
      {(Object.keys(VIEWS) as ViewName[])
        .filter((name) => isOffered(name, doc))
        .map((name) => (
          <a key={name} href={`#/${name}`} aria-current={name === view ? 'page' : undefined}>
            {t(`nav.${name}`)}
            {(marks[name] ?? 0) > 0 && <span class="mark">{marks[name]}</span>}
          </a>
        ))}
    </nav>
  );
}

/** The view that the address names. */
function useView(): ViewName {
  const [view, setView] = useState(viewOfAddress);
  useEffect(() => {
    const look = (): void => setView(viewOfAddress());
    addEventListener('hashchange', look);
    return () => removeEventListener('hashchange', look);
  }, []);
  return view;
}

function viewOfAddress(): ViewName {
  const name = location.hash.replace(/^#\//u, '');
  return Object.hasOwn(VIEWS, name) ? (name as ViewName) : 'overview';
}
