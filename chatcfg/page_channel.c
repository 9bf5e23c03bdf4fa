/* SPDX-License-Identifier: MIT */
#include "page_channel.h"

#include "page_channel_private.h"

static void
page_channel_clear(gpointer data)
{
	PageChannel *sheet = data;

	g_cancellable_cancel(sheet->life);
	g_object_unref(sheet->life);
	description_unref(sheet->description);
	service_unref(sheet->service);
	g_free(sheet->name);
}

PageChannel *
page_channel_ref(PageChannel *sheet)
{
	return g_rc_box_acquire(sheet);
}

void
page_channel_unref(PageChannel *sheet)
{
	g_rc_box_release_full(sheet, page_channel_clear);
}

typedef struct Question {
	PageChannel *sheet; /* borrowed: its end cancels the call */
	ChannelTab *only;
} Question;

static void
show(ChannelTab *tab, const ChannelTab *only, const json_t *channel, const char *problem)
{
	if (tab != NULL && (only == NULL || only == tab))
		tab->show(tab, channel, problem);
}

static void
got_channel(GObject *source, GAsyncResult *result, gpointer data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(json_t) answer = service_call_finish(result, &error);
	const json_t *channel = json_object_get(answer, "channel");
	g_autofree char *problem = error != NULL ? control_error_sentence(error) : NULL;
	g_autofree Question *question = data;

	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	show(question->sheet->general, question->only, channel, problem);
	show(question->sheet->lists, question->only, channel, problem);
}

void
page_channel_load(PageChannel *sheet, ChannelTab *only)
{
	Question *question = g_new(Question, 1);

	*question = (Question){sheet, only};
	service_call_async(sheet->service, "channel.get",
	    json_pack("{s:s, s:i}", "channel", sheet->name, "object_detail_level", 2), sheet->life,
	    got_channel, question);
}

char *
page_channel_may_change(const PageChannel *sheet)
{
	if (sheet->description == NULL)
		return g_strdup("Not connected to the service");
	return service_may(sheet->service, "channel.set_mode");
}

void
page_channel_open(Service *service, SnapinNode *node, const char *channel, gboolean registered)
{
	PageChannel *sheet = g_rc_box_new0(PageChannel);
	const Description *description = service_description(service);

	sheet->service = service_ref(service);
	sheet->name = g_strdup(channel);
	sheet->registered = registered;
	sheet->life = g_cancellable_new();
	if (description != NULL)
		sheet->description = description_ref((Description *)description);
	const SnapinPageSpec pages[] = {page_channel_general(sheet), page_channel_lists(sheet)};

	service_host(service)->sheet_open(
	    service_host(service), node, channel, pages, G_N_ELEMENTS(pages));
	page_channel_load(sheet, NULL);
	page_channel_unref(sheet);
}
