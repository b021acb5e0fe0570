ALTER TABLE "preferences" ADD COLUMN "show_distance" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "preferences" ADD COLUMN "max_distance_km" integer;