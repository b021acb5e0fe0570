/** What somebody is told in one language when their account is closed to them. */
export interface StatusWords {
  readonly suspended: StatusMail;
  readonly banned: StatusMail;
  /** When a suspension ends by itself. `end`: the day and the time. */
  readonly until: (end: string) => string;
  /** Of a suspension that only our team ends. */
  readonly withoutEnd: string;
  /** What they can do about it. */
  readonly objection: string;
  readonly footer: string;
}

export interface StatusMail {
  readonly title: string;
  readonly body: string;
}
