// Cases that state a promise which does not hold yet, with the reason. A case that holds has to move into the table.
import type { Case } from '../case.ts';

export const known: { faultCase: Case; reason: string }[] = [];
