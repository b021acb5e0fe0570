-- Everyone who is there already gets their card; nobody has said yet where they are.
insert into discovery_cards (user_id, gender, birth_date, wants_genders, wants_age_min, wants_age_max, wants_within_km, shown_from, last_active_at, shows_distance)
select u.id, p.gender, p.birth_date, w.genders, w.age_min, w.age_max, w.max_distance_km,
  case when w.profile_visibility <> 'public' then null when u.status = 'active' then timestamptz 'epoch' when u.status = 'suspended' then u.suspended_until end,
  p.last_active_at, w.show_distance
from users u join profiles p on p.user_id = u.id join preferences w on w.user_id = u.id
on conflict do nothing;
