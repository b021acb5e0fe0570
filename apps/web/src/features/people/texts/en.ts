export default {
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
