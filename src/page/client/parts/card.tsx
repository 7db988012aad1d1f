import type { ComponentChildren } from 'preact';

export interface CardProps {
  readonly title: string;
  /** Beside the title. */
  readonly actions?: ComponentChildren;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** A part of a view with its heading. */
export function Card({ title, actions, class: name = '', children }: CardProps) {
  return (
    <section class={`card ${name}`}>
      <div class="card-head">
        <h2>{title}</h2>
        {actions}
      </div>
      {children}
    </section>
  );
}

/** What stands where there is nothing to show. */
export function Empty({ text }: { readonly text: string }) {
  return <p class="empty">{text}</p>;
}

/** A word in a coloured field; the word says it too. */
export function Badge({ tone, text }: { readonly tone: Tone; readonly text: string }) {
  return <span class={`badge ${tone}`}>{text}</span>;
}

export type Tone = 'good' | 'look' | 'bad' | 'quiet' | 'busy';
