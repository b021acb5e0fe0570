ALTER TABLE "message_versions" ALTER COLUMN "text" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "file_id" uuid;--> statement-breakpoint
ALTER TABLE "message_versions" ADD COLUMN "media_id" uuid;--> statement-breakpoint
ALTER TABLE "message_versions" ADD CONSTRAINT "message_versions_media_id_media_id_fk" FOREIGN KEY ("media_id") REFERENCES "public"."media"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "message_versions_by_media" ON "message_versions" USING btree ("media_id") WHERE "message_versions"."media_id" is not null;