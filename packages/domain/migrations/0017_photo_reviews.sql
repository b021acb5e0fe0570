CREATE TABLE "profile_views" (
	"user_id" uuid NOT NULL,
	"day" date NOT NULL,
	"viewer_id" uuid NOT NULL,
	CONSTRAINT "profile_views_user_id_day_viewer_id_pk" PRIMARY KEY("user_id","day","viewer_id")
);
--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "file_id" uuid;--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "status" text DEFAULT 'pending' NOT NULL;--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "reviewed_by" uuid;--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "reviewed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "profiles" ADD COLUMN "details" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "profiles" ADD COLUMN "views" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "profile_views" ADD CONSTRAINT "profile_views_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profile_views" ADD CONSTRAINT "profile_views_viewer_id_users_id_fk" FOREIGN KEY ("viewer_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "profile_views_by_day" ON "profile_views" USING btree ("day");--> statement-breakpoint
CREATE INDEX "profile_views_by_viewer" ON "profile_views" USING btree ("viewer_id");--> statement-breakpoint
ALTER TABLE "photos" ADD CONSTRAINT "photos_reviewed_by_users_id_fk" FOREIGN KEY ("reviewed_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "photos_by_status" ON "photos" USING btree ("status","created_at","id");--> statement-breakpoint
CREATE INDEX "photos_by_file" ON "photos" USING btree ("file_id");--> statement-breakpoint
CREATE INDEX "photos_by_reviewer" ON "photos" USING btree ("reviewed_by");