/** Python's own modules and packages, as far as they are answered here: what each exports, by its name in an import. */
export const PYTHON_MODULES = {
  python: words(`
    abs all any bool dict divmod enumerate filter float floordiv fmt format getattr has hasattr int isinstance iter len
    list map max min mod next pow print range repr reversed round set setattr slice sorted str sum tuple type zip
  `),
} as const satisfies Readonly<Record<string, readonly string[]>>;

export function words(text: string): readonly string[] {
  return text.trim().split(/\s+/u);
}
