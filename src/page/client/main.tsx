import { render } from 'preact';
import { App } from './app.tsx';
import { applySettings } from './settings.ts';

const place = document.getElementById('page');
applySettings();
if (place !== null) render(<App />, place);
