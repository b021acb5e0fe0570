/** What a mail says. Everything is plain text: what looks like HTML in it is shown as it stands. */
export interface MailText {
  readonly language: string;
  readonly title: string;
  /** One paragraph each. */
  readonly paragraphs: readonly string[];
  readonly action?: { readonly label: string; readonly url: string };
  /** In small print below. */
  readonly footer: string;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** Every mail of the platform: as text, and as HTML that shows the same in every mail program. Nothing in it is fetched. */
export function writeMail({ language, title, paragraphs, action, footer }: MailText): { text: string; html: string; subject: string } {
  // A line break in a subject would begin a header of its own.
  const subject = title.replace(/[\r\n]+/g, ' ').trim();
  const text = [title, ...paragraphs, ...(action === undefined ? [] : [`${action.label}: ${action.url}`]), `-- \n${footer}`].join('\n\n');
  const button =
    action === undefined
      ? ''
      : `<p style="margin:24px 0"><a href="${escapeHtml(action.url)}" style="background:#be123c;border-radius:8px;color:#ffffff;display:inline-block;padding:12px 20px;text-decoration:none">${escapeHtml(action.label)}</a></p>`;
  const html = `<!doctype html>
<html lang="${escapeHtml(language)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head>
<body style="background:#f6f4f5;color:#1c1917;font-family:system-ui,sans-serif;line-height:1.5;margin:0;padding:24px">
<div style="background:#ffffff;border-radius:12px;margin:0 auto;max-width:560px;padding:32px">
<h1 style="font-size:20px;margin:0 0 16px">${escapeHtml(title)}</h1>
${paragraphs.map((paragraph) => `<p style="margin:0 0 16px;white-space:pre-line">${escapeHtml(paragraph)}</p>`).join('\n')}
${button}
<p style="color:#78716c;font-size:13px;margin:24px 0 0">${escapeHtml(footer)}</p>
</div>
</body>
</html>
`;
  return { subject, text, html };
}
