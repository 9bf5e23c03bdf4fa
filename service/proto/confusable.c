/* SPDX-License-Identifier: MIT */
#include "proto/confusable.h"

#include "proto/precis.h"

#include <string.h>
#include <unicode/uspoof.h>

#define SKELETON_MAX 4096 /* bytes: a character may become several */

struct Confusable {
	USpoofChecker *checker;
};

Confusable *
confusable_new(GError **error)
{
	UErrorCode status = U_ZERO_ERROR;
	USpoofChecker *checker = uspoof_open(&status);
	if (U_FAILURE(status)) {
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
		    "ICU cannot tell what names look like: %s", u_errorName(status));
		return NULL;
	}
	Confusable *confusable = g_new0(Confusable, 1);
	confusable->checker = checker;
	return confusable;
}

void
confusable_free(Confusable *confusable)
{
	if (!confusable)
		return;
	uspoof_close(confusable->checker);
	g_free(confusable);
}

char *
confusable_skeleton(const Confusable *confusable, const char *name)
{
	char mapped[SKELETON_MAX];
	char skeleton[SKELETON_MAX];
	UErrorCode status = U_ZERO_ERROR;
	if (!precis_map_text(name, strlen(name), mapped, sizeof mapped))
		return g_strdup(name);
	int32_t length = uspoof_getSkeletonUTF8(
	    confusable->checker, 0, mapped, -1, skeleton, sizeof skeleton - 1, &status);
	if (U_FAILURE(status))
		return g_strdup(mapped);
	return g_strndup(skeleton, (gsize)length);
}
