/** Two people wrote, called and agreed: what the one has is the other's too, and stays without the name. */
export const ofOthersToo = 'It belongs to others as well. What refers to the erased account refers to a row without anything personal.';
