/* SPDX-License-Identifier: MIT */
/* A line on the control socket: whatever it is, a call comes out whole or a sentence says why not.
 */
#include "control/json_request.h"

#include "control/json_text.h"
#include "control/log_sources.h"
#include "control/method.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	JsonRequest request;
	const char *problem;

	json_request_parse(&request, (const char *)data, size);
	g_assert((request.code == 0) == (request.problem[0] == '\0'));
	g_assert(g_utf8_validate(request.problem, -1, NULL));
	if (request.code == 0) {
		g_autoptr(LogSources) sources = log_sources_new();

		g_assert(request.id && request.method);
		control_method_find(request.method);
		log_sources_add(sources, request.method);
		json_request_strings_are_compatible(request.params, &problem);
		/* What was understood can be written. */
		line_unref(json_line(json_incref(request.root)));
	}
	json_request_clear(&request);
	return 0;
}
