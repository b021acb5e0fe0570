export default {
  deletedAccount: 'Deleted account',
  gender: {
    female: 'Woman',
    male: 'Man',
    other: 'Other',
  },
  genders: {
    female: 'Women',
    male: 'Men',
    other: 'Others',
  },
} as const;
