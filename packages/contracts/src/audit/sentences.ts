/** What an event says happened, for people: a whole sentence in each language. */
type Sentence = { readonly en: string; readonly de: string };

/** A sentence for every event of a service. */
export type Sentences<Name extends string = string> = Readonly<Record<Name, Sentence>>;
