import { useEffect, useMemo, useState } from 'preact/hooks';
import { Frame } from './frame.tsx';
import { LogIn } from './views/log-in.tsx';
import { applySettings, currentSettings } from './settings.ts';
import { NOTHING } from './state/page-state.ts';
import { Store } from './state/store.ts';
import { t } from './words.ts';

/** The page: who has not logged in sees nothing but the way in. */
export function App() {
  const [state, setState] = useState(NOTHING);
  const [, setLook] = useState(0);
  const store = useMemo(() => new Store(setState), []);
  // Drawn anew as a whole: words and colours are everywhere.
  const redraw = (): void => setLook((look) => look + 1);
  useEffect(() => {
    store.start();
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const changed = (): void => {
      applySettings();
      redraw();
    };
    dark.addEventListener('change', changed);
    return () => dark.removeEventListener('change', changed);
  }, [store]);
  const { language, theme, colors } = currentSettings();
  if (state.phase === 'starting')
    return (
      <main class="starting" aria-busy="true">
        <h1 class="hidden">bt</h1>
        <p>{t('starting')}</p>
      </main>
    );
  if (state.phase === 'login') return <LogIn key={language} onDone={() => void store.open()} />;
  return <Frame key={`${language} ${theme} ${colors}`} state={state} store={store} redraw={redraw} />;
}
