import * as z from 'zod';

/** The lead fields that a form may fill. They are personal and never leave the service. */
export const personFields = z.object({
  email: z.string().max(320).optional(),
  name: z.string().max(200).optional(),
  phone: z.string().max(60).optional(),
  company: z.string().max(200).optional(),
  country: z.string().max(60).optional(),
  employees: z.string().max(30).optional(),
  message: z.string().max(5000).optional(),
  /** further fields of the company, named by its mappings */
  custom: z
    .record(
      z
        .string()
        .regex(/^[a-z][a-z0-9-]{0,39}$/, 'begins with a small letter and has at most 40 small letters, digits or -, such as newsletter'),
      z.string().max(2000),
    )
    .optional(),
});
/** The fields that every company has. */
export const personField = personFields.omit({ custom: true }).keyof();
export type PersonField = z.infer<typeof personField>;
export type PersonFields = z.infer<typeof personFields>;

export const pointsRule = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,60}$/, 'has 1 to 60 small letters, digits or -, such as need-named'),
  field: personField,
  test: z.enum(['present', 'equals', 'business-domain', 'at-least']),
  value: z.string().max(200).optional(),
  points: z.int().min(-100).max(100),
});
export type PointsRule = z.infer<typeof pointsRule>;

/** Which of several values of a field counts: the first, the last, or the longest. */
const survivorshipRule = z.enum(['first', 'last', 'most-complete']);
export const survivorshipRules = z.strictObject({
  email: survivorshipRule,
  name: survivorshipRule,
  phone: survivorshipRule,
  company: survivorshipRule,
  country: survivorshipRule,
  employees: survivorshipRule,
  message: survivorshipRule,
  custom: survivorshipRule,
  /** from how many different names on an address or number identifies nobody by itself; absent: 5 */
  namesPerContact: z.int().min(1).max(50).optional(),
});
export type SurvivorshipRules = z.infer<typeof survivorshipRules>;
