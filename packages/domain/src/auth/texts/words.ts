export type LinkPurpose = 'verify_email' | 'reset_password';

/** What is said in one language around a code or a link. */
export interface SignInWords {
  /** In one line of SMS: the code first, so that phones can offer to fill it in. */
  readonly codeText: (code: string) => string;
  readonly codeMail: { readonly title: (code: string) => string; readonly body: string };
  readonly link: Readonly<Record<LinkPurpose, LinkWords>>;
  /** Where there is no address to link to. */
  readonly enter: (token: string) => string;
  readonly footer: string;
}

export interface LinkWords {
  readonly title: string;
  readonly body: string;
  readonly label: string;
}
