/* SPDX-License-Identifier: MIT */
/* What the system's loader prints, as a module with chosen names can make it print. */
#include "modcheck/loader_trace.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *text = g_strndup((const char *)data, size);
	g_autoptr(LoaderTrace) trace = loader_trace_parse(text);

	for (guint i = 0; i < trace->objects->len; i++)
		g_assert_nonnull(((TracedObject *)trace->objects->pdata[i])->name);
	for (guint i = 0; i < trace->versions->len; i++)
		g_assert_nonnull(((TracedSymbol *)trace->versions->pdata[i])->library);
	g_assert_cmpuint(trace->symbols->len, <=, 1024);
	loader_trace_find(trace, "libx.so.1");
	return 0;
}
