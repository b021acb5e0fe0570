import type { ReportCategory } from '@app/api-client';

/** What people report each other for, in the order in which it is asked. A missing one does not compile. */
const places: Readonly<Record<ReportCategory, number>> = {
  harassment: 1,
  threats: 2,
  hate: 3,
  nudity: 4,
  scam: 5,
  fake_profile: 6,
  underage: 7,
  offline_behaviour: 8,
  spam: 9,
  other: 10,
};

export const reportCategories = (Object.keys(places) as ReportCategory[]).sort((one, other) => places[one] - places[other]);
