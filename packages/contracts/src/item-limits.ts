/** How many of something one stored item may hold, so that it never grows to where it cannot be written. */
export const itemLimits = {
  /** form fields that the learned score keeps apart: the first ones that come */
  learnedFields: 40,
  /** form fields of which is counted when they are filled; others are not learned */
  countedFields: 400,
  /** rotations in which a rep keeps a place: the last ones in which the rep was assigned a lead */
  rotationsOfRep: 1000,
  /** nodes whose forecasts lie in one item */
  nodesInItem: 400,
} as const;
