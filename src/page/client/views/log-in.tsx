import { useEffect, useState } from 'preact/hooks';
import { logIn, RequestFailed } from '../state/requests.ts';
import { t } from '../words.ts';
import type { Word } from '../words.ts';

/** Asks for the token. */
export function LogIn({ onDone }: { readonly onDone: () => void }) {
  const [token, setToken] = useState('');
  const [problem, setProblem] = useState<Word | null>(null);
  const [isBusy, setBusy] = useState(false);
  useEffect(nameWindow, []);
  const send = async (): Promise<void> => {
    setBusy(true);
    try {
      await logIn(token.trim());
      onDone();
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
  };
  return (
    <main class="login">
      <form
        class="card"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <h1>
          <span class="brand">bt</span> {t('login.title')}
        </h1>
        <p id="login-text">{t('login.text')}</p>
        <Token value={token} onInput={setToken} />
        <p class="problem" role="alert">
          {problem === null ? '' : t(problem)}
        </p>
        <button type="submit" class="main" disabled={isBusy}>
          {t('login.enter')}
        </button>
      </form>
    </main>
  );
}

function nameWindow(): void {
  document.title = `${t('login.title')} · bt`;
}

function Token({ value, onInput }: { readonly value: string; readonly onInput: (value: string) => void }) {
  return (
    <>
      <label for="token">{t('login.token')}</label>
      <input
        id="token"
        name="token"
        type="password"
        autocomplete="current-password"
        required
        aria-describedby="login-text"
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </>
  );
}

function problemOf(error: unknown): Word {
  const status = error instanceof RequestFailed ? error.status : 0;
  if (status === 401) return 'login.wrong';
  return status === 429 ? 'login.slow' : 'login.failed';
}
