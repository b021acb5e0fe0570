/** The same keys with other words: what the translation of an English catalogue has to look like. */
export type Translated<English> = {
  readonly [Key in keyof English]: English[Key] extends string ? string : Translated<English[Key]>;
};
