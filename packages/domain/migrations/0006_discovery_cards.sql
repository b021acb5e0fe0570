CREATE TABLE "discovery_cards" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"gender" text NOT NULL,
	"birth_date" date NOT NULL,
	"wants_genders" text[] NOT NULL,
	"wants_age_min" integer NOT NULL,
	"wants_age_max" integer NOT NULL,
	"wants_within_km" integer,
	"shown_from" timestamp (3) with time zone,
	"last_active_at" timestamp (3) with time zone NOT NULL,
	"boosted_until" timestamp (3) with time zone,
	"shows_distance" boolean NOT NULL,
	"latitude" double precision,
	"longitude" double precision,
	"cell_5" bigint,
	"cell_4" bigint,
	"cell_3" bigint
);
--> statement-breakpoint
CREATE TABLE "locations" (
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"latitude" double precision NOT NULL,
	"longitude" double precision NOT NULL,
	"city" text,
	"country" text,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"near_latitude" double precision NOT NULL,
	"near_longitude" double precision NOT NULL,
	"rough_latitude" double precision NOT NULL,
	"rough_longitude" double precision NOT NULL,
	"cell_5" bigint NOT NULL,
	"cell_4" bigint NOT NULL,
	"cell_3" bigint NOT NULL,
	CONSTRAINT "locations_user_id_kind_pk" PRIMARY KEY("user_id","kind")
);
--> statement-breakpoint
ALTER TABLE "profiles" ADD COLUMN "boosted_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "discovery_cards" ADD CONSTRAINT "discovery_cards_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "locations" ADD CONSTRAINT "locations_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cards_by_cell_5" ON "discovery_cards" USING btree ("cell_5","gender","birth_date");--> statement-breakpoint
CREATE INDEX "cards_by_cell_4" ON "discovery_cards" USING btree ("cell_4","gender","birth_date");--> statement-breakpoint
CREATE INDEX "cards_by_cell_3" ON "discovery_cards" USING btree ("cell_3","gender","birth_date");--> statement-breakpoint
CREATE INDEX "cards_by_activity" ON "discovery_cards" USING btree ("last_active_at","user_id");--> statement-breakpoint
CREATE INDEX "cards_by_boost" ON "discovery_cards" USING btree ("boosted_until") WHERE "discovery_cards"."boosted_until" is not null;