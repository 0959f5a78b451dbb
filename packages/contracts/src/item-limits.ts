/** How many of something one stored item may hold, so that it never grows to where it cannot be written. */
export const itemLimits = {
  /** form fields that the learned score keeps apart: the first ones that come */
  learnedFields: 40,
  /** form fields of which is counted when they are filled; others are not learned */
  countedFields: 400,
  /** rotations in which a rep keeps a place: the last ones in which the rep was assigned a lead */
  rotationsOfRep: 1000,
  /** responses of the customer that an opportunity keeps at hand: the newest ones */
  responsesOfOpportunity: 30,
  /** cancelled parts, cancelled orders, and facts taken back that an opportunity keeps at hand: the newest ones of each kind */
  correctionsOfOpportunity: 50,
  /** nodes whose forecasts lie in one item */
  nodesInItem: 400,
  /** names that an account had before: the last ones */
  formerNames: 20,
  /** accounts that one account has taken over, with those that they had taken over */
  absorbedAccounts: 50,
  /** people of ours who work with an account */
  accountTeam: 20,
  /** fields that a company adds to its accounts */
  accountFields: 40,
} as const;
