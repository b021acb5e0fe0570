import { kilometresBetween, type Point } from '../discovery/geometry';
import { type City, worldsCities } from './cities';

/** Who is farther than this from every city is in none. In kilometres. */
const reach = 60;
/** A degree of latitude, in kilometres; a degree of longitude is never longer. */
const degree = 111.2;

/** The known city nearest to a position; `undefined` where none is near. The position stays in this process. */
export async function nearestCity(position: Point): Promise<City | undefined> {
  let nearest: City | undefined;
  let least = reach;
  for (const city of (await worldsCities()).all) {
    if (Math.abs(city.latitude - position.latitude) * degree > least) continue;
    const distance = kilometresBetween(city, position);
    if (distance > least) continue;
    [nearest, least] = [city, distance];
  }
  return nearest;
}
