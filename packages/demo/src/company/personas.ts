import type { Role } from '@meilenstein/contracts';
import type { Persona } from '@meilenstein/local';
import * as z from 'zod';

type Text = Persona['role'];

/** What of the organisation is needed to introduce somebody. */
export const organisationOfPersonas = z.object({
  teams: z.array(z.object({ teamId: z.string(), name: z.string() })),
  reps: z.array(
    z.object({
      repId: z.string(),
      name: z.string(),
      loginSubject: z.string().nullable().optional(),
      memberships: z.array(z.object({ teamId: z.string() })),
    }),
  ),
});

/** Whom the demo company is worth being looked at as. */
export type Interesting = {
  readonly organisation: z.infer<typeof organisationOfPersonas>;
  /** a rep who has just won an order */
  readonly wonBy: string;
  /** a rep whose customers are silent, and how many of them; undefined where nobody's are */
  readonly silence: { readonly repId: string; readonly customers: number } | undefined;
};

const staff: readonly { readonly role: Role; readonly name: string; readonly title: Text; readonly hint: Text }[] = [
  {
    role: 'operations',
    name: 'Karin Vogt',
    title: { de: 'Vertriebssteuerung', en: 'Sales operations' },
    hint: {
      de: 'Verantwortet Regeln und Importe: Probieren Sie eine Verteilregel aus, bevor sie gilt.',
      en: 'Owns rules and imports: rehearse a routing rule before it applies.',
    },
  },
  {
    role: 'marketing',
    name: 'Leon Brandt',
    title: { de: 'Marketing', en: 'Marketing' },
    hint: {
      de: 'Betreut die Formulare: Sehen Sie nach, was aus jeder Einsendung geworden ist.',
      en: 'Looks after the forms: see what became of every submission.',
    },
  },
  {
    role: 'finance',
    name: 'Miriam Sommer',
    title: { de: 'Finanzen', en: 'Finance' },
    hint: {
      de: 'Prüft die Zahlen: Laden Sie den Wochenbericht herunter und vergleichen Sie seine Fassungen.',
      en: 'Checks the figures: download the weekly report and compare its versions.',
    },
  },
  {
    role: 'admin',
    name: 'Tom Weiß',
    title: { de: 'Administration', en: 'Administrator' },
    hint: {
      de: 'Richtet alles ein: Gehen Sie die Schritte bis zum ersten Lead durch.',
      en: 'Sets everything up: go through the steps to the first lead.',
    },
  },
];

/** The people of the demo company as whom a person may sign in, those who sell first. */
export const personas = ({ organisation, wonBy, silence }: Interesting): readonly Persona[] => {
  const { reps, teams } = organisation;
  const seller = (repId: string, role: Role, title: Text, hint: Text): readonly Persona[] => {
    const rep = reps.find((one) => one.repId === repId);
    const team = teams.find(({ teamId }) => teamId === rep?.memberships.at(-1)?.teamId)?.name;
    if (typeof rep?.loginSubject !== 'string') return [];
    const inTeam = (text: string): string => (team === undefined ? text : `${text}, ${team}`);
    const claims = { 'cognito:groups': [role] };
    return [{ subject: rep.loginSubject, name: rep.name, role: { de: inTeam(title.de), en: inTeam(title.en) }, hint, claims }];
  };
  const rep: Text = { de: 'Verkauf', en: 'Rep' };
  const manager = reps.find((one) => one.repId === `manager-${wonBy.split('-')[1]}`)?.repId ?? '';
  return [
    ...seller(wonBy, 'rep', rep, {
      de: 'Hat gerade einen Auftrag gewonnen: Halten Sie fest, was ein Kunde als Nächstes getan hat.',
      en: 'Has just won an order: record what a customer did next.',
    }),
    ...(silence === undefined
      ? []
      : seller(silence.repId, 'rep', rep, {
          de: `${silence.customers} Kunden schweigen länger als üblich: Finden Sie heraus, bei wem Sie zuerst nachfragen.`,
          en: `${silence.customers} customers have been silent for longer than usual: see whom to ask first.`,
        })),
    ...seller(
      manager,
      'manager',
      { de: 'Vertriebsleitung', en: 'Sales manager' },
      {
        de: 'Führt das Team: Bereiten Sie das Gespräch am Montag vor.',
        en: 'Leads the team: prepare the Monday meeting.',
      },
    ),
    ...staff.map(({ role, name, title, hint }) => ({
      subject: `login-${role}`,
      name,
      role: title,
      hint,
      claims: { 'cognito:groups': [role] },
    })),
  ];
};
