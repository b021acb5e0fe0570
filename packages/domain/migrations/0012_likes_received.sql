CREATE TABLE "swipers" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"day" date NOT NULL,
	"super_likes" integer DEFAULT 0 NOT NULL,
	"rewound_id" uuid
);
--> statement-breakpoint
ALTER TABLE "swipers" ADD CONSTRAINT "swipers_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "swipers" ADD CONSTRAINT "swipers_rewound_id_users_id_fk" FOREIGN KEY ("rewound_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "likes_by_time" ON "swipes" USING btree ("target_id","created_at","swiper_id") WHERE "swipes"."action" <> 'pass';